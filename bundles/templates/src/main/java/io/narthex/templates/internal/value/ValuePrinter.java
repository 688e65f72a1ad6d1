package io.narthex.templates.internal.value;

import io.narthex.api.template.TemplateObject;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Prints one value by a verb and its flags. */
final class ValuePrinter {
  /** Lists in lists deeper than that are made on purpose. */
  private static final int MAX_DEPTH = 200;

  private static final String STRING_METHOD = "String";

  private final BoundedText out;
  private final FormatFlags flags;

  ValuePrinter(BoundedText out, FormatFlags flags) {
    this.out = out;
    this.flags = flags;
  }

  void print(@Nullable Object unknown, int verb, int depth) {
    Object value = Kind.imported(unknown);
    if (depth > MAX_DEPTH) {
      throw new LimitFault("exceeded maximum depth of values (%d)".formatted(MAX_DEPTH));
    }
    if (value == null) {
      nothing(verb, depth);
    } else if (verb == 'T') {
      text(Kind.typeName(value), 's', value);
    } else {
      some(value, verb, depth);
    }
  }

  private void nothing(int verb, int depth) {
    if (verb == 'v' || verb == 'T' || depth > 0) {
      pad(flags.sharpV && depth > 0 ? "interface {}(nil)" : "<nil>");
    } else {
      out.append("%!").appendCodePoint(verb).append("(<nil>)");
    }
  }

  private void some(Object value, int verb, int depth) {
    switch (value) {
      case Boolean flag when verb == 'v' || verb == 't' -> pad(flag.toString());
      case Long number -> integer(number, verb, value);
      case Double number -> real(number, verb);
      case String text -> text(text, verb, value);
      case Markup markup -> text(markup.text(), verb, value);
      case NamedInt number when stringly(verb) -> text(number.text(), verb, value);
      case NamedInt number -> integer(number.value(), verb, value);
      case GoDuration duration when stringly(verb) -> text(duration.toString(), verb, value);
      case GoDuration duration -> integer(duration.nanos(), verb, value);
      case GoTime time when stringly(verb) -> text(time.toString(), verb, value);
      case QuerySample sample -> sample(sample, verb, depth);
      case TemplateObject object -> object(object, verb, depth);
      case List<?> list -> list(list, verb, depth);
      case Map<?, ?> map -> map(map, verb, depth);
      default -> bad(value, verb);
    }
  }

  private boolean stringly(int verb) {
    return !flags.sharpV && (verb == 'v' || verb == 's' || verb == 'q' || hex(verb));
  }

  private static boolean hex(int verb) {
    return verb == 'x' || verb == 'X';
  }

  private void object(TemplateObject object, int verb, int depth) {
    Object whole = Kind.whole(object);
    if (stringly(verb) && object.has(STRING_METHOD)) {
      text(String.valueOf(object.get(STRING_METHOD, List.of())), verb, object);
    } else if (whole == object) {
      out.append('{').append(object.typeName()).append('}');
    } else {
      print(whole, verb, depth + 1);
    }
  }

  private void sample(QuerySample sample, int verb, int depth) {
    out.append("&{");
    print(sample.labels(), verb, depth + 1);
    out.append(' ');
    print(sample.value(), verb, depth + 1);
    out.append('}');
  }

  private void list(List<?> list, int verb, int depth) {
    out.append(flags.sharpV ? Kind.typeName(list) + "{" : "[");
    boolean first = true;
    for (Object item : list) {
      if (!first) {
        out.append(flags.sharpV ? ", " : " ");
      }
      first = false;
      print(item, verb, depth + 1);
    }
    out.append(flags.sharpV ? '}' : ']');
  }

  private void map(Map<?, ?> map, int verb, int depth) {
    out.append(flags.sharpV ? Kind.typeName(map) + "{" : "map[");
    boolean first = true;
    for (Map.Entry<?, ?> entry : sorted(map).entrySet()) {
      if (!first) {
        out.append(flags.sharpV ? ", " : " ");
      }
      first = false;
      print(entry.getKey(), verb, depth + 1);
      out.append(':');
      print(entry.getValue(), verb, depth + 1);
    }
    out.append(flags.sharpV ? '}' : ']');
  }

  private static Map<?, ?> sorted(Map<?, ?> map) {
    return map instanceof java.util.SortedMap<?, ?> ? map : new TreeMap<>(map);
  }

  private void text(String whole, int verb, Object value) {
    switch (verb) {
      case 'v' -> pad(flags.sharpV ? GoQuote.quote(whole) : cut(whole));
      case 's' -> pad(cut(whole));
      case 'q' -> quoted(cut(whole));
      case 'x', 'X' -> hex(whole, verb);
      default -> bad(value, verb);
    }
  }

  private void quoted(String text) {
    if (flags.sharp && GoQuote.fitsBackquotes(text)) {
      pad("`" + text + "`");
    } else {
      pad(flags.plus ? GoQuote.quoteAscii(text) : GoQuote.quote(text));
    }
  }

  private void hex(String text, int verb) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int length = flags.precision >= 0 ? Math.min(flags.precision, bytes.length) : bytes.length;
    HexFormat form = flags.space ? HexFormat.ofDelimiter(" ") : HexFormat.of();
    if (flags.sharp && length > 0) {
      form = flags.space ? form.withPrefix("0x") : form;
    }
    String digits = form.formatHex(bytes, 0, length);
    digits = flags.sharp && !flags.space && length > 0 ? "0x" + digits : digits;
    pad(verb == 'X' ? upper(digits) : digits);
  }

  private static String upper(String digits) {
    return digits.toUpperCase(java.util.Locale.ROOT);
  }

  private void integer(long number, int verb, Object value) {
    switch (verb) {
      case 'v', 'd' -> digits(number, 10, verb);
      case 'b' -> digits(number, 2, verb);
      case 'o', 'O' -> digits(number, 8, verb);
      case 'x', 'X' -> digits(number, 16, verb);
      case 'c' -> pad(Character.toString(character(number)));
      case 'q' -> pad(GoQuote.quoteChar(character(number), flags.plus));
      case 'U' -> unicode(number);
      default -> bad(value, verb);
    }
  }

  private static int character(long number) {
    boolean valid =
        number >= 0
            && number <= Character.MAX_CODE_POINT
            && !(number >= Character.MIN_SURROGATE && number <= Character.MAX_SURROGATE);
    return valid ? (int) number : 0xFFFD;
  }

  private void unicode(long number) {
    StringBuilder text = new StringBuilder("U+%04X".formatted(number));
    if (flags.sharp && GoQuote.printable(character(number))) {
      text.append(" '").appendCodePoint(character(number)).append('\'');
    }
    padPlain(text.toString());
  }

  private void digits(long number, int base, int verb) {
    boolean negative = number < 0;
    int precision = Math.max(flags.precision, 0);
    if (flags.precision == 0 && number == 0) {
      out.repeat(' ', flags.width);
      return;
    }
    if (flags.precision < 0 && flags.zero && !flags.minus && flags.width > 0) {
      precision = flags.width - (negative || flags.plus || flags.space ? 1 : 0);
    }
    String digits = Long.toUnsignedString(negative ? -number : number, base);
    StringBuilder text = new StringBuilder();
    text.repeat('0', Math.max(precision - digits.length(), 0)).append(digits);
    if (flags.sharp) {
      text.insert(0, prefix(base, text.charAt(0) == '0'));
    }
    if (verb == 'O') {
      text.insert(0, "0o");
    }
    if (negative || flags.plus || flags.space) {
      text.insert(0, negative ? '-' : flags.plus ? '+' : ' ');
    }
    padPlain(verb == 'X' ? upper(text.toString()) : text.toString());
  }

  private static String prefix(int base, boolean zeroFirst) {
    return switch (base) {
      case 2 -> "0b";
      case 8 -> zeroFirst ? "" : "0";
      case 16 -> "0x";
      default -> "";
    };
  }

  private void real(double number, int verb) {
    int precision = flags.precision;
    switch (verb) {
      case 'v', 'g', 'G' ->
          signed(pointed(FloatText.format(number, 'g', Math.max(precision, -1)), true), verb);
      case 'e', 'E' ->
          signed(pointed(FloatText.format(number, 'e', sixOr(precision)), false), verb);
      case 'f', 'F' ->
          signed(pointed(FloatText.format(number, 'f', sixOr(precision)), false), verb);
      default -> bad(number, verb);
    }
  }

  private static int sixOr(int precision) {
    return precision < 0 ? 6 : precision;
  }

  /** With the flag for it there is always a point, and zeros up to the precision. */
  private String pointed(String plain, boolean padded) {
    if (!flags.sharp || plain.endsWith("Inf") || plain.equals("NaN")) {
      return plain;
    }
    int exponent = plain.indexOf('e') < 0 ? plain.length() : plain.indexOf('e');
    String digits = plain.substring(0, exponent);
    String point = digits.indexOf('.') < 0 ? "." : "";
    int significant = digits.replaceFirst("^-?[0.]*", "").replace(".", "").length();
    if (significant == 0) {
      significant = 1;
    }
    int zeros = padded ? Math.max(sixOr(flags.precision) - significant, 0) : 0;
    return digits + point + "0".repeat(zeros) + plain.substring(exponent);
  }

  private void signed(String plain, int verb) {
    String text = verb == 'E' || verb == 'G' ? plain.replace('e', 'E') : plain;
    boolean finite = !text.endsWith("Inf") && !text.equals("NaN");
    char first = text.charAt(0);
    boolean bare = first != '-' && first != '+';
    if (bare && (flags.plus || flags.space)) {
      text = (flags.plus ? "+" : " ") + text;
    } else if (first == '+' && !flags.plus && flags.space) {
      text = " " + text.substring(1);
    }
    boolean hasSign = !TimeLayout.isDigit(text.charAt(0)) && finite;
    if (!finite) {
      padPlain(text);
    } else if (hasSign && flags.zero && !flags.minus && flags.width > text.length()) {
      out.append(text.charAt(0)).repeat('0', flags.width - text.length());
      out.append(text, 1, text.length());
    } else {
      pad(text);
    }
  }

  private void bad(Object value, int verb) {
    out.append("%!").appendCodePoint(verb).append('(').append(Kind.typeName(value)).append('=');
    if (value instanceof GoTime time) {
      // Go would print the parts of the structure, which are nobody's business.
      out.append(time.toString());
    } else {
      print(value, 'v', 0);
    }
    out.append(')');
  }

  private String cut(String text) {
    if (flags.precision < 0 || text.codePointCount(0, text.length()) <= flags.precision) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, flags.precision));
  }

  private void pad(String text) {
    pad(text, flags.zero && !flags.minus ? '0' : ' ');
  }

  private void padPlain(String text) {
    pad(text, ' ');
  }

  private void pad(String text, char with) {
    if (flags.width <= 0) {
      out.append(text);
      return;
    }
    int missing = flags.width - text.codePointCount(0, text.length());
    if (!flags.minus) {
      out.repeat(with, missing);
    }
    out.append(text);
    if (flags.minus) {
      out.repeat(' ', missing);
    }
  }
}
