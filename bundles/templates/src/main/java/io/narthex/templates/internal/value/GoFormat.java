package io.narthex.templates.internal.value;

import org.jspecify.annotations.Nullable;

/** Go's {@code fmt.Sprint}, {@code Sprintln} and {@code Sprintf}. */
public final class GoFormat {
  /** Go's limit for widths and precisions. */
  private static final int MAX_WIDTH = 1_000_000;

  private final String format;
  private final @Nullable Object[] arguments;
  private final BoundedText out = new BoundedText();
  private final FormatFlags flags = new FormatFlags();
  private final ValuePrinter printer = new ValuePrinter(out, flags);
  private int at;
  private int argument;
  private boolean reordered;
  private boolean goodArgument;
  private boolean afterIndex;

  private GoFormat(String format, @Nullable Object[] arguments) {
    this.format = format;
    this.arguments = arguments;
  }

  /** Values as {@code %v}, with a space between two of which none is a text. */
  public static String sprint(@Nullable Object... values) {
    if (values.length == 1 && values[0] instanceof String text) {
      return text;
    }
    BoundedText out = new BoundedText();
    ValuePrinter printer = new ValuePrinter(out, new FormatFlags());
    boolean afterText = true;
    for (int i = 0; i < values.length; i++) {
      boolean text = values[i] instanceof String || values[i] instanceof Markup;
      if (i > 0 && !text && !afterText) {
        out.append(' ');
      }
      printer.print(values[i], 'v', 0);
      afterText = text;
    }
    return out.toString();
  }

  /** Values as {@code %v}, with spaces between and a new line after. */
  public static String sprintln(@Nullable Object... values) {
    BoundedText out = new BoundedText();
    ValuePrinter printer = new ValuePrinter(out, new FormatFlags());
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        out.append(' ');
      }
      printer.print(values[i], 'v', 0);
    }
    return out.append('\n').toString();
  }

  /** Values by a format; what does not fit is said in the text, as Go does. */
  public static String sprintf(String format, @Nullable Object... arguments) {
    return new GoFormat(format, arguments).run();
  }

  private String run() {
    while (at < format.length()) {
      int percent = format.indexOf('%', at);
      if (percent < 0) {
        out.append(format, at, format.length());
        break;
      }
      out.append(format, at, percent);
      at = percent + 1;
      if (!directive()) {
        break;
      }
    }
    if (!reordered && argument < arguments.length) {
      extra();
    }
    return out.toString();
  }

  private boolean directive() {
    goodArgument = true;
    afterIndex = false;
    flags.clear();
    while (at < format.length() && flags.take(format.charAt(at))) {
      at++;
    }
    index();
    width();
    precision();
    if (!afterIndex) {
      index();
    }
    if (at >= format.length()) {
      out.append("%!(NOVERB)");
      return false;
    }
    int verb = format.codePointAt(at);
    at += Character.charCount(verb);
    if (verb == '%') {
      out.append('%');
    } else if (!goodArgument) {
      bad(verb, "BADINDEX");
    } else if (argument >= arguments.length) {
      bad(verb, "MISSING");
    } else {
      flags.ready(verb);
      printer.print(arguments[argument++], verb, 0);
    }
    return true;
  }

  private void width() {
    if (peek() == '*') {
      at++;
      flags.width = fromArgument();
      if (flags.width == FormatFlags.ABSENT) {
        out.append("%!(BADWIDTH)");
      } else if (flags.width < 0) {
        flags.width = -flags.width;
        flags.minus = true;
        flags.zero = false;
      }
      afterIndex = false;
    } else {
      flags.width = number();
      if (afterIndex && flags.width != FormatFlags.ABSENT) {
        goodArgument = false;
      }
    }
  }

  private void precision() {
    if (peek() != '.' || at + 1 >= format.length()) {
      return;
    }
    at++;
    if (afterIndex) {
      goodArgument = false;
    }
    index();
    if (peek() == '*') {
      at++;
      flags.precision = fromArgument();
      if (flags.precision < 0) {
        flags.precision = FormatFlags.ABSENT;
        out.append("%!(BADPREC)");
      }
      afterIndex = false;
    } else {
      flags.precision = Math.max(number(), 0);
    }
  }

  private char peek() {
    return at < format.length() ? format.charAt(at) : 0;
  }

  private int number() {
    int begin = at;
    int value = 0;
    while (at < format.length() && TimeLayout.isDigit(format.charAt(at))) {
      if (value > MAX_WIDTH) {
        return FormatFlags.ABSENT;
      }
      value = value * 10 + format.charAt(at++) - '0';
    }
    return at == begin ? FormatFlags.ABSENT : value;
  }

  private int fromArgument() {
    if (argument < arguments.length
        && arguments[argument++] instanceof Long number
        && Math.abs(number) <= MAX_WIDTH) {
      return number.intValue();
    }
    return FormatFlags.ABSENT;
  }

  /** An index such as {@code [2]} says which argument comes next. */
  private void index() {
    if (peek() != '[') {
      afterIndex = false;
      return;
    }
    reordered = true;
    int close = format.indexOf(']', at);
    if (close < 0) {
      goodArgument = false;
      at++;
      return;
    }
    int begin = at + 1;
    at = begin;
    int number = number();
    boolean good = at == close && number >= 1 && number <= arguments.length;
    at = close + 1;
    if (good) {
      argument = number - 1;
      afterIndex = true;
    } else {
      goodArgument = false;
    }
  }

  private void bad(int verb, String what) {
    out.append("%!").appendCodePoint(verb).append('(').append(what).append(')');
  }

  private void extra() {
    flags.clear();
    out.append("%!(EXTRA ");
    for (int i = argument; i < arguments.length; i++) {
      if (i > argument) {
        out.append(", ");
      }
      Object value = arguments[i];
      if (value != null) {
        out.append(Kind.typeName(value)).append('=');
      }
      printer.print(value, 'v', 0);
    }
    out.append(')');
  }
}
