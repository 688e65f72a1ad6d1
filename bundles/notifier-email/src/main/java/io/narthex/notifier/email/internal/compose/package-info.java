/** Writes mails: headers and parts as they go over the line. */
@NullMarked
package io.narthex.notifier.email.internal.compose;

import org.jspecify.annotations.NullMarked;
