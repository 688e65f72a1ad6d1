package io.narthex.templates.internal.function;

import static io.narthex.templates.internal.function.Parameter.TEXT;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.narthex.templates.internal.value.BoundedText;
import io.narthex.templates.internal.value.GoQuote;
import io.narthex.templates.internal.value.TemplateFault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code match reReplaceAll}. */
final class RegexFunctions {
  private static final int INSTRUCTIONS_PER_STEP = 16;
  private static final int CHARACTER_INSTRUCTIONS = 16;

  private RegexFunctions() {}

  static List<Function> all(RegexCache regexes) {
    return List.of(
        Function.of("match", (call, a) -> match(call, regexes, a), TEXT, TEXT),
        Function.of("reReplaceAll", (call, a) -> replace(call, regexes, a), TEXT, TEXT, TEXT));
  }

  private static boolean match(Call call, RegexCache regexes, @Nullable Object[] arguments) {
    String text = Function.text(arguments[1]);
    Pattern pattern = regexes.get(Function.text(arguments[0]));
    spend(call, pattern, text);
    return pattern.matcher(text).find();
  }

  /** RE2/J looks at each character once for each instruction that may come next. */
  private static void spend(Call call, Pattern pattern, String text) {
    long size = pattern.programSize();
    call.spend(size / INSTRUCTIONS_PER_STEP);
    call.spend(text.length() * (CHARACTER_INSTRUCTIONS + size) / INSTRUCTIONS_PER_STEP);
  }

  private static String replace(Call call, RegexCache regexes, @Nullable Object[] arguments) {
    String expression = Function.text(arguments[0]);
    String text = Function.text(arguments[2]);
    Pattern pattern;
    try {
      pattern = regexes.get(expression);
    } catch (TemplateFault e) {
      throw new TemplateFault(
          "regexp: Compile(%s): %s".formatted(quoted(expression), e.getMessage()));
    }
    spend(call, pattern, text);
    return replace(pattern, Function.text(arguments[1]), text);
  }

  private static String quoted(String expression) {
    return GoQuote.fitsBackquotes(expression) ? "`" + expression + "`" : GoQuote.quote(expression);
  }

  private static String replace(Pattern pattern, String replacement, String text) {
    Matcher matcher = pattern.matcher(text);
    BoundedText out = new BoundedText();
    int lastEnd = 0;
    while (matcher.find()) {
      out.append(text, lastEnd, matcher.start());
      // An empty match right after another does not count, as in Go.
      if (matcher.end() > lastEnd || matcher.start() == 0) {
        expand(out, replacement, matcher, pattern);
      }
      lastEnd = matcher.end();
    }
    return out.append(text, lastEnd, text.length()).toString();
  }

  private static void expand(
      BoundedText out, String replacement, Matcher matcher, Pattern pattern) {
    for (int at = 0; at < replacement.length(); ) {
      int dollar = replacement.indexOf('$', at);
      if (dollar < 0) {
        out.append(replacement, at, replacement.length());
        return;
      }
      out.append(replacement, at, dollar);
      if (replacement.startsWith("$$", dollar)) {
        out.append('$');
        at = dollar + 2;
        continue;
      }
      boolean braces = replacement.startsWith("${", dollar);
      int begin = dollar + (braces ? 2 : 1);
      int end = nameEnd(replacement, begin);
      boolean closed = !braces || replacement.startsWith("}", end);
      if (end == begin || !closed) {
        out.append('$');
        at = dollar + 1;
      } else {
        out.append(group(matcher, pattern, replacement.substring(begin, end)));
        at = braces ? end + 1 : end;
      }
    }
  }

  private static int nameEnd(String replacement, int begin) {
    int end = begin;
    while (end < replacement.length()) {
      int c = replacement.codePointAt(end);
      if (!Character.isLetterOrDigit(c) && c != '_') {
        break;
      }
      end += Character.charCount(c);
    }
    return end;
  }

  private static String group(Matcher matcher, Pattern pattern, String name) {
    String value = null;
    if (name.chars().allMatch(c -> c >= '0' && c <= '9') && !name.matches("0.+")) {
      int number = name.length() > 4 ? Integer.MAX_VALUE : Integer.parseInt(name);
      value = number <= matcher.groupCount() ? matcher.group(number) : null;
    } else if (pattern.namedGroups().containsKey(name)) {
      value = matcher.group(name);
    }
    return value == null ? "" : value;
  }
}
