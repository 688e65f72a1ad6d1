package io.narthex.templates.internal.value;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How templates compare values, which is by Go's types: a number is never equal to a text. */
public final class Comparison {
  private static final String BAD_TYPE = "invalid type for comparison";

  private Comparison() {}

  /** Whether two values are equal. */
  public static boolean equal(@Nullable Object left, @Nullable Object right) {
    Kind a = Kind.of(left);
    Kind b = Kind.of(right);
    if (a.basic() && a == b) {
      return equalBasic(a, Kind.whole(left), Kind.whole(right));
    }
    if (left == null || right == null) {
      return left == right;
    }
    if (a.basic() || b.basic()) {
      throw incompatible(left, right);
    }
    if (a != b) {
      throw new TemplateFault(
          "non-comparable types %s: %s, %s: %s"
              .formatted(
                  GoFormat.sprintf("%s", left),
                  Kind.typeName(left),
                  Kind.typeName(right),
                  GoFormat.sprint(right)));
    }
    if (left instanceof GoTime || left instanceof GoDuration || left instanceof QuerySample) {
      return left.equals(right);
    }
    throw new TemplateFault(
        "non-comparable type %s: %s"
            .formatted(GoFormat.sprintf("%s", right), Kind.typeName(right)));
  }

  /** Whether the left value is the smaller one. */
  public static boolean less(@Nullable Object left, @Nullable Object right) {
    Kind a = Kind.of(left);
    Kind b = Kind.of(right);
    if (left == null || right == null || !a.basic() || !b.basic()) {
      throw new TemplateFault(BAD_TYPE);
    }
    if (a != b) {
      throw incompatible(left, right);
    }
    return switch (a) {
      case INT -> integer(Kind.whole(left)) < integer(Kind.whole(right));
      case FLOAT -> number(Kind.whole(left)) < number(Kind.whole(right));
      case STRING -> text(Kind.whole(left)).compareTo(text(Kind.whole(right))) < 0;
      default -> throw new TemplateFault(BAD_TYPE);
    };
  }

  /** Whether the left value is not greater: less or equal, so that no number is beside NaN. */
  public static boolean lessOrEqual(@Nullable Object left, @Nullable Object right) {
    return less(left, right) || equal(left, right);
  }

  private static boolean equalBasic(Kind kind, @Nullable Object left, @Nullable Object right) {
    return switch (kind) {
      case INT -> integer(left) == integer(right);
      // Objects would have NaN equal to itself.
      case FLOAT -> number(left) == number(right);
      case STRING -> text(left).equals(text(right));
      default -> Objects.equals(left, right);
    };
  }

  private static TemplateFault incompatible(Object left, Object right) {
    return new TemplateFault(
        "incompatible types for comparison: %s and %s"
            .formatted(Kind.typeName(left), Kind.typeName(right)));
  }

  /** The number behind a value of kind {@link Kind#INT}. */
  public static long integer(@Nullable Object value) {
    return switch (value) {
      case Long number -> number;
      case NamedInt number -> number.value();
      case GoDuration duration -> duration.nanos();
      case null, default -> throw new IllegalArgumentException("not a whole number: " + value);
    };
  }

  /** The text behind a value of kind {@link Kind#STRING}. */
  public static String text(@Nullable Object value) {
    return value instanceof Markup markup ? markup.text() : String.valueOf(value);
  }

  private static double number(@Nullable Object value) {
    return value instanceof Double number ? number : Double.NaN;
  }
}
