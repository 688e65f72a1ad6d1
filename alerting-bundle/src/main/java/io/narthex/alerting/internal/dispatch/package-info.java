/** Groups of alerts, and when they are told to whom. */
@NullMarked
package io.narthex.alerting.internal.dispatch;

import org.jspecify.annotations.NullMarked;
