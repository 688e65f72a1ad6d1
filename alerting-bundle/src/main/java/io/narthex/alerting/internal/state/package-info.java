/** State that survives a restart, in keyed logs. */
@NullMarked
package io.narthex.alerting.internal.state;

import org.jspecify.annotations.NullMarked;
