/** Notifies by mail. */
@NullMarked
package io.narthex.notifier.email.internal;

import org.jspecify.annotations.NullMarked;
