/** Alerts that mute others. */
@NullMarked
package io.narthex.alerting.internal.inhibit;

import org.jspecify.annotations.NullMarked;
