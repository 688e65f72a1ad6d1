/** Talks to the server that takes the mail. */
@NullMarked
package io.narthex.notifier.email.internal.smtp;

import org.jspecify.annotations.NullMarked;
