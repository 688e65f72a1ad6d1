/** Times of the week, month and year in which routes are mute or active. */
@NullMarked
package io.narthex.alerting.internal.interval;

import org.jspecify.annotations.NullMarked;
