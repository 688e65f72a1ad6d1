package io.narthex.relabel.internal.regex;

import java.util.ArrayList;
import java.util.List;

/**
 * A text that may refer to groups of an expression, by Go's rules: {@code $name} takes the longest
 * run of letters, digits and underscores, so {@code $1x} is the group named {@code 1x}; <code>
 * ${name}</code> says where the name ends; {@code $$} is a dollar; a group that is not there is
 * empty; a dollar that begins nothing stands for itself.
 */
public final class Template {
  /** Larger numbers count as names, as in Go. */
  private static final int MAX_NUMBER = 100_000_000;

  private final List<Part> parts;

  private Template(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /** Compiles a text; what it says about groups that the expression does not have is left out. */
  public static Template compile(String text, Expression expression) {
    List<Part> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      Reference reference = Reference.at(text, at);
      if (reference == null) {
        // A second dollar of a pair is skipped; any other character stands for itself.
        literal.append(text.charAt(at));
        at += text.startsWith("$$", at) ? 2 : 1;
      } else {
        int group = group(reference.name(), expression);
        if (group >= 0) {
          addLiteral(parts, literal);
          parts.add(new Part.Group(group));
        }
        at = reference.end();
      }
    }
    addLiteral(parts, literal);
    return new Template(parts);
  }

  private static void addLiteral(List<Part> parts, StringBuilder literal) {
    if (!literal.isEmpty()) {
      parts.add(new Part.Literal(literal.toString()));
      literal.setLength(0);
    }
  }

  /** The number of the group, or -1 if there is none. */
  private static int group(String name, Expression expression) {
    int number = number(name);
    if (number >= 0) {
      return number <= expression.groupCount() ? number : -1;
    }
    return expression.groupNames().getOrDefault(name, -1);
  }

  private static int number(String name) {
    int number = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c < '0' || c > '9' || number >= MAX_NUMBER) {
        return -1;
      }
      number = number * 10 + c - '0';
    }
    return name.charAt(0) == '0' && name.length() > 1 ? -1 : number;
  }

  /** Whether it refers to no group, so that it always gives the same. */
  public boolean isConstant() {
    return parts.isEmpty() || parts.size() == 1 && parts.getFirst() instanceof Part.Literal;
  }

  /**
   * The text with the groups filled in.
   *
   * @param source what the expression matched
   * @param groups where, as {@link Expression#match} has it
   */
  public String expand(String source, int[] groups) {
    if (parts.size() == 1) {
      return parts.getFirst().text(source, groups);
    }
    StringBuilder out = new StringBuilder();
    for (Part part : parts) {
      out.append(part.text(source, groups));
    }
    return out.toString();
  }

  private sealed interface Part {
    String text(String source, int[] groups);

    record Literal(String text) implements Part {
      @Override
      public String text(String source, int[] groups) {
        return text;
      }
    }

    record Group(int number) implements Part {
      @Override
      public String text(String source, int[] groups) {
        int start = groups[2 * number];
        return start < 0 ? "" : source.substring(start, groups[2 * number + 1]);
      }
    }
  }
}
