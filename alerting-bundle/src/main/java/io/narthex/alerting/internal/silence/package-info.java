/** Silences: what mutes alerts for a while. */
@NullMarked
package io.narthex.alerting.internal.silence;

import org.jspecify.annotations.NullMarked;
