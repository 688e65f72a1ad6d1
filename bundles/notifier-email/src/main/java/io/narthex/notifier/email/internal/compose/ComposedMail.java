package io.narthex.notifier.email.internal.compose;

import java.util.List;

/**
 * A mail, ready to be sent.
 *
 * @param from the sender's address
 * @param to the recipients' addresses; at least one
 * @param content headers and body, with CR LF at the ends of lines, in ASCII
 */
public record ComposedMail(String from, List<String> to, String content) {
  /** Copies the list. */
  public ComposedMail {
    to = List.copyOf(to);
  }
}
