package io.narthex.templates.internal.function;

import static io.narthex.templates.internal.function.Parameter.TEXT;
import static io.narthex.templates.internal.function.Parameter.TEXTS;

import io.narthex.templates.internal.value.BoundedText;
import io.narthex.templates.internal.value.Kind;
import io.narthex.templates.internal.value.Markup;
import io.narthex.templates.internal.value.TemplateFault;
import io.narthex.templates.internal.value.UrlText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Texts to other texts. */
final class TextFunctions {
  private TextFunctions() {}

  static List<Function> rule() {
    List<Function> all = new ArrayList<>(common());
    all.add(Function.text("title", text -> TitleCase.of(text, false)));
    all.add(Function.text("stripPort", HostPort::stripPort));
    all.add(Function.text("stripDomain", HostPort::stripDomain));
    all.add(Function.text("urlQueryEscape", UrlText::escape));
    return all;
  }

  static List<Function> notification() {
    List<Function> all = new ArrayList<>(common());
    all.add(Function.text("title", text -> TitleCase.of(text, true)));
    all.add(Function.text("trimSpace", TextFunctions::trim));
    all.add(Function.of("join", (call, a) -> join(Function.text(a[0]), a[1]), TEXT, TEXTS));
    all.add(Function.text("safeUrl", text -> new Markup(text, Markup.Kind.URL)));
    all.add(Function.text("urlUnescape", UrlText::unescape));
    all.add(Function.variadic("stringSlice", (call, a) -> texts(a), TEXT));
    all.add(Function.text("base64encode", TextFunctions::encode));
    all.add(Function.text("base64decode", TextFunctions::decode));
    return all;
  }

  private static List<Function> common() {
    return List.of(
        Function.text("toUpper", text -> mapped(text, Character::toUpperCase)),
        Function.text("toLower", text -> mapped(text, Character::toLowerCase)),
        Function.text("safeHtml", text -> new Markup(text, Markup.Kind.HTML)));
  }

  /** Go maps character by character, so that no text becomes longer. */
  private static String mapped(String text, IntUnaryOperator mapping) {
    int[] mapped = text.codePoints().map(mapping).toArray();
    return new String(mapped, 0, mapped.length);
  }

  /** Go's white space, which is Unicode's. */
  private static String trim(String text) {
    int begin = 0;
    int end = text.length();
    while (begin < end && space(text.charAt(begin))) {
      begin++;
    }
    while (end > begin && space(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(begin, end);
  }

  private static boolean space(char c) {
    return c >= '\t' && c <= '\r' || c == '\u0085' || Character.isSpaceChar(c);
  }

  private static String join(String separator, @Nullable Object list) {
    BoundedText out = new BoundedText();
    if (Kind.whole(list) instanceof List<?> items) {
      boolean first = true;
      for (Object item : items) {
        out.append(first ? "" : separator).append(Function.text(item));
        first = false;
      }
    }
    return out.toString();
  }

  private static List<String> texts(@Nullable Object[] arguments) {
    List<String> texts = new ArrayList<>(arguments.length);
    for (Object argument : arguments) {
      texts.add(Function.text(argument));
    }
    return texts;
  }

  private static String encode(String text) {
    return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String text) {
    // Go skips new lines and wants the padding to be there.
    String plain = text.replace("\n", "").replace("\r", "");
    for (int i = 0; i < plain.length(); i++) {
      if (!alphabet(plain.charAt(i)) && !padding(plain, i)) {
        throw new TemplateFault("illegal base64 data at input byte " + i);
      }
    }
    if (plain.length() % 4 != 0) {
      int place = plain.endsWith("=") ? plain.length() : plain.length() / 4 * 4;
      throw new TemplateFault("illegal base64 data at input byte " + place);
    }
    try {
      return new String(Base64.getUrlDecoder().decode(plain), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new TemplateFault("illegal base64 data at input byte " + (plain.length() - 4));
    }
  }

  private static boolean alphabet(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '-'
        || c == '_';
  }

  private static boolean padding(String text, int at) {
    return text.charAt(at) == '=' && at >= 2 && at >= text.length() - 2 && text.endsWith("=");
  }
}
