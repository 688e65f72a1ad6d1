package io.narthex.templates.internal.function;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.narthex.templates.internal.value.TemplateFault;
import java.util.LinkedHashMap;
import java.util.Map;

/** Compiled regular expressions, the ones used last. May be used from any thread. */
public final class RegexCache {
  private static final int MAX_PATTERNS = 256;
  private static final int MAX_PATTERN_LENGTH = 2_000;

  /** A pattern of more instructions is compiled each time, since many of them would be heavy. */
  private static final int MAX_PROGRAM_KEPT = 5_000;

  private final Map<String, Pattern> patterns = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Compiles an expression or finds it.
   *
   * @throws TemplateFault with Go's text
   */
  Pattern get(String expression) {
    synchronized (patterns) {
      Pattern known = patterns.get(expression);
      if (known != null) {
        return known;
      }
    }
    // Outside of the lock: a bad expression may take a while and should delay only itself.
    Pattern compiled = compile(expression);
    if (compiled.programSize() > MAX_PROGRAM_KEPT) {
      return compiled;
    }
    synchronized (patterns) {
      patterns.put(expression, compiled);
      if (patterns.size() > MAX_PATTERNS) {
        patterns.remove(patterns.keySet().iterator().next());
      }
    }
    return compiled;
  }

  private static Pattern compile(String expression) {
    if (expression.length() > MAX_PATTERN_LENGTH) {
      throw new TemplateFault(
          "error parsing regexp: expression of %d characters is too long, at most %d are taken"
              .formatted(expression.length(), MAX_PATTERN_LENGTH));
    }
    try {
      return Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      String message = String.valueOf(e.getMessage());
      // RE2/J names its own trouble where Go names the parenthesis that is too much.
      throw new TemplateFault(
          message.contains("stack underflow")
              ? "error parsing regexp: unexpected ): `" + expression + "`"
              : message);
    }
  }
}
