package io.narthex.config.internal.schema;

import java.util.List;

/** Names the values that a key may have. */
public final class Choices {
  private Choices() {}

  /** {@code "a", "b" or "c"}; the empty text is left out. */
  public static String of(List<String> choices) {
    List<String> quoted =
        choices.stream().filter(c -> !c.isEmpty()).map(c -> "\"" + c + "\"").toList();
    int last = quoted.size() - 1;
    return last == 0
        ? quoted.getFirst()
        : String.join(", ", quoted.subList(0, last)) + " or " + quoted.get(last);
  }
}
