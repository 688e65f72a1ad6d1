/** Alerts that were received: what they are, how they merge, and where they are kept. */
@NullMarked
package io.narthex.alerting.internal.alert;

import org.jspecify.annotations.NullMarked;
