package io.narthex.templates.internal.syntax;

import java.util.List;

/** A named template. */
public record Definition(String name, Source source, List<Node> body) {
  /** Copies the list. */
  public Definition {
    body = List.copyOf(body);
  }

  /** Whether there is nothing but white space, so that it does not replace another. */
  public boolean isEmpty() {
    return body.stream().allMatch(node -> node instanceof Node.Text text && blank(text.text()));
  }

  private static boolean blank(String text) {
    return text.chars().allMatch(Character::isWhitespace);
  }
}
