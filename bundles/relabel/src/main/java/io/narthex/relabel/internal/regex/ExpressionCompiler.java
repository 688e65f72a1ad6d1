package io.narthex.relabel.internal.regex;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the cheapest form of an expression. */
public final class ExpressionCompiler {
  private ExpressionCompiler() {}

  /**
   * Compiles an expression.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Expression compile(String regex) {
    Pattern pattern = pattern(regex);
    Expression literal = literals(regex);
    if (literal != null) {
      return literal;
    }
    Expression wildcard = wildcard(regex);
    return wildcard != null ? wildcard : new Re2Expression(pattern, commonPrefix(regex));
  }

  private static Pattern pattern(String regex) {
    try {
      return Pattern.compile("^(?s:" + regex + ")$");
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "the expression \"%s\" does not compile: %s".formatted(regex, e.getMessage()), e);
    }
  }

  /** {@code a|b}, {@code (a|b)} or {@code (?:a|b)}. */
  private static @Nullable Expression literals(String regex) {
    boolean closed = regex.endsWith(")");
    boolean unnumbered = closed && regex.startsWith("(?:");
    boolean grouped = closed && !unnumbered && regex.startsWith("(");
    int end = unnumbered || grouped ? regex.length() - 1 : regex.length();
    int at = unnumbered ? 3 : grouped ? 1 : 0;
    Set<String> texts = new LinkedHashSet<>();
    while (true) {
      LiteralRun run = LiteralRun.read(regex, at, end);
      texts.add(run.text());
      if (run.end() == end) {
        return new LiteralExpression(texts, grouped);
      }
      if (regex.charAt(run.end()) != '|') {
        return null;
      }
      at = run.end() + 1;
    }
  }

  /** {@code prefix(.*)suffix}, where the group may be left out. */
  private static @Nullable Expression wildcard(String regex) {
    LiteralRun prefix = LiteralRun.read(regex, 0, regex.length());
    for (Wildcard wildcard : Wildcard.values()) {
      if (regex.startsWith(wildcard.text, prefix.end())) {
        LiteralRun suffix =
            LiteralRun.read(regex, prefix.end() + wildcard.text.length(), regex.length());
        return suffix.end() == regex.length()
            ? new WildcardExpression(
                prefix.text(), wildcard.atLeast, suffix.text(), wildcard.grouped)
            : null;
      }
    }
    return null;
  }

  /** What a text must begin with to match; the whole truth is left to the engine. */
  private static String commonPrefix(String regex) {
    if (regex.indexOf('|') >= 0) {
      return "";
    }
    LiteralRun run = LiteralRun.read(regex, 0, regex.length());
    boolean lastIsOptional =
        run.end() < regex.length() && "*?{".indexOf(regex.charAt(run.end())) >= 0;
    return lastIsOptional ? run.withoutLast() : run.text();
  }

  private enum Wildcard {
    ANY("(.*)", 0, true),
    SOME("(.+)", 1, true),
    ANY_UNNUMBERED(".*", 0, false),
    SOME_UNNUMBERED(".+", 1, false);

    private final String text;
    private final int atLeast;
    private final boolean grouped;

    Wildcard(String text, int atLeast, boolean grouped) {
      this.text = text;
      this.atLeast = atLeast;
      this.grouped = grouped;
    }
  }
}
