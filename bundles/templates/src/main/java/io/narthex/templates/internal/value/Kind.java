package io.narthex.templates.internal.value;

import io.narthex.api.template.TemplateObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Go's kinds, as far as values of templates have them. */
public enum Kind {
  NIL,
  BOOL,
  INT,
  FLOAT,
  STRING,
  LIST,
  MAP,
  STRUCT,
  POINTER;

  /** The kind of a value. */
  public static Kind of(@Nullable Object value) {
    return switch (value) {
      case null -> NIL;
      case Boolean ignored -> BOOL;
      case Long ignored -> INT;
      case NamedInt ignored -> INT;
      case GoDuration duration -> duration.pointer() ? POINTER : INT;
      case Double ignored -> FLOAT;
      case String ignored -> STRING;
      case Markup ignored -> STRING;
      case List<?> ignored -> LIST;
      case Map<?, ?> ignored -> MAP;
      case GoTime time -> time.pointer() ? POINTER : STRUCT;
      case QuerySample ignored -> POINTER;
      case TemplateObject object -> {
        Object whole = whole(object);
        yield whole == object ? STRUCT : of(whole);
      }
      default -> throw unknown(value);
    };
  }

  /** Whether {@code ==} and {@code <} know the kind. */
  public boolean basic() {
    return this == BOOL || this == INT || this == FLOAT || this == STRING;
  }

  /** A value from outside as the engine has it. */
  public static @Nullable Object imported(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Instant instant -> GoTime.utc(instant);
      case Duration duration -> new GoDuration(duration.toNanos(), false);
      case Integer number -> (long) number;
      case Float number -> (double) number;
      case Boolean ignored -> value;
      case Long ignored -> value;
      case Double ignored -> value;
      case String ignored -> value;
      case List<?> ignored -> value;
      case Map<?, ?> ignored -> value;
      case TemplateObject ignored -> value;
      case Markup ignored -> value;
      case NamedInt ignored -> value;
      case GoDuration ignored -> value;
      case GoTime ignored -> value;
      case QuerySample ignored -> value;
      default -> throw unknown(value);
    };
  }

  /** What an object is as a whole, or the value itself. */
  public static @Nullable Object whole(@Nullable Object value) {
    return value instanceof TemplateObject object
        ? object.whole().map(Kind::imported).orElse(value)
        : value;
  }

  /** Whether {@code if} takes it for true. */
  public static boolean truth(@Nullable Object value) {
    return switch (whole(value)) {
      case null -> false;
      case Boolean flag -> flag;
      case Long number -> number != 0;
      case NamedInt number -> number.value() != 0;
      case GoDuration duration -> duration.pointer() || duration.nanos() != 0;
      case Double number -> number != 0;
      case String text -> !text.isEmpty();
      case Markup markup -> !markup.text().isEmpty();
      case List<?> list -> !list.isEmpty();
      case Map<?, ?> map -> !map.isEmpty();
      default -> true;
    };
  }

  /** The name of Go's type. */
  public static String typeName(@Nullable Object value) {
    return switch (value) {
      case null -> "<nil>";
      case Boolean ignored -> "bool";
      case Long ignored -> "int";
      case Double ignored -> "float64";
      case String ignored -> "string";
      case Markup markup -> markup.typeName();
      case NamedInt number -> number.typeName();
      case GoDuration duration -> duration.typeName();
      case GoTime time -> time.typeName();
      case QuerySample ignored -> "*template.sample";
      case TemplateObject object -> object.typeName();
      case AnyList ignored -> "[]interface {}";
      case QueryResult ignored -> "template.queryResult";
      case List<?> list -> listType(list);
      case Map<?, ?> map -> isTexts(map) ? "map[string]string" : "map[string]interface {}";
      default -> throw unknown(value);
    };
  }

  /** Whether a list is one of texts in Go. */
  public static boolean isTexts(List<?> list) {
    return !(list instanceof AnyList) && list.stream().allMatch(String.class::isInstance);
  }

  /** Whether a map is one of texts in Go, so that a missing entry is the empty text. */
  public static boolean isTexts(Map<?, ?> map) {
    return !(map instanceof AnyMap) && map.values().stream().allMatch(String.class::isInstance);
  }

  private static String listType(List<?> list) {
    if (isTexts(list)) {
      return "[]string";
    }
    return list.getFirst() instanceof TemplateObject first
        ? "[]" + first.typeName()
        : "[]interface {}";
  }

  private static TemplateFault unknown(Object value) {
    return new TemplateFault(
        "a value of %s is none that a template knows".formatted(value.getClass().getName()));
  }
}
