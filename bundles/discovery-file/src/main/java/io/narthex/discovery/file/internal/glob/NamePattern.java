package io.narthex.discovery.file.internal.glob;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern of one file name: {@code *} any text, {@code ?} any character, {@code [a-z]} and {@code
 * [^a-z]} one of a class, a backslash before a character takes it as it is.
 */
final class NamePattern {
  private static final int END = -1;

  private sealed interface Part {
    record AnyText() implements Part {}

    record AnyCharacter() implements Part {}

    record Exactly(int character) implements Part {}

    record OneOf(boolean negated, List<Range> ranges) implements Part {}
  }

  private record Range(int from, int to) {}

  private final String pattern;
  private final int[] text;
  private final List<Part> parts = new ArrayList<>();
  private int at;

  /** Reads a pattern. */
  NamePattern(String pattern) throws BadPatternException {
    this.pattern = pattern;
    this.text = pattern.codePoints().toArray();
    while (at < text.length) {
      parts.add(part());
    }
  }

  /** Whether the text is more than a name. */
  static boolean isPattern(String text) {
    return text.chars().anyMatch(c -> c == '*' || c == '?' || c == '[' || c == '\\');
  }

  private Part part() throws BadPatternException {
    int character = text[at++];
    return switch (character) {
      case '*' -> new Part.AnyText();
      case '?' -> new Part.AnyCharacter();
      case '[' -> oneOf();
      case '\\' -> new Part.Exactly(escaped());
      default -> new Part.Exactly(character);
    };
  }

  private Part oneOf() throws BadPatternException {
    boolean negated = peek() == '^';
    if (negated) {
      at++;
    }
    List<Range> ranges = new ArrayList<>();
    while (ranges.isEmpty() || peek() != ']') {
      int from = member();
      int to = from;
      if (peek() == '-') {
        at++;
        to = member();
      }
      ranges.add(new Range(from, to));
    }
    at++;
    return new Part.OneOf(negated, ranges);
  }

  private int member() throws BadPatternException {
    int character = peek();
    switch (character) {
      case END -> throw new BadPatternException(pattern, "a \"[\" has no \"]\"");
      case ']', '-' ->
          throw new BadPatternException(
              pattern,
              "\"%c\" stands where a character of a [class] must be; \"\\%c\" means the character"
                  .formatted(character, character));
      default -> {
        at++;
        return character == '\\' ? escaped() : character;
      }
    }
  }

  private int escaped() throws BadPatternException {
    if (at == text.length) {
      throw new BadPatternException(pattern, "nothing follows its last \"\\\"");
    }
    return text[at++];
  }

  private int peek() {
    return at < text.length ? text[at] : END;
  }

  /** Whether the whole name fits. A star is tried again only if no later one was reached. */
  boolean matches(String name) {
    int[] characters = name.codePoints().toArray();
    int part = 0;
    int character = 0;
    int star = -1;
    int afterStar = 0;
    while (character < characters.length) {
      if (part < parts.size() && parts.get(part) instanceof Part.AnyText) {
        star = part++;
        afterStar = character;
      } else if (part < parts.size() && fits(parts.get(part), characters[character])) {
        part++;
        character++;
      } else if (star >= 0) {
        part = star + 1;
        character = ++afterStar;
      } else {
        return false;
      }
    }
    while (part < parts.size() && parts.get(part) instanceof Part.AnyText) {
      part++;
    }
    return part == parts.size();
  }

  private static boolean fits(Part part, int character) {
    return switch (part) {
      case Part.AnyText() -> true;
      case Part.AnyCharacter() -> true;
      case Part.Exactly(int exactly) -> exactly == character;
      case Part.OneOf(boolean negated, List<Range> ranges) ->
          negated != ranges.stream().anyMatch(r -> r.from() <= character && character <= r.to());
    };
  }
}
