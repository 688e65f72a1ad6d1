/** Delivering notifications, and remembering what was delivered. */
@NullMarked
package io.narthex.alerting.internal.notify;

import org.jspecify.annotations.NullMarked;
