package io.narthex.templates.internal.function;

import io.narthex.templates.internal.value.AnyList;
import io.narthex.templates.internal.value.GoTime;
import io.narthex.templates.internal.value.Kind;
import io.narthex.templates.internal.value.QueryResult;
import io.narthex.templates.internal.value.QuerySample;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The types of parameters that functions have. */
public enum Parameter {
  /** Any value. */
  ANY("interface {}", true),
  /** A text. */
  TEXT("string", false),
  /** A whole number. */
  INT("int", false),
  /** A list of texts. */
  TEXTS("[]string", true),
  /** A list of anything. */
  LIST("[]interface {}", true),
  /** What a query gave. */
  SAMPLES("template.queryResult", true),
  /** One sample. */
  SAMPLE("*template.sample", true),
  /** A time. */
  TIME("time.Time", false),
  /** A span of time. */
  DURATION("time.Duration", false);

  private final String typeName;
  private final boolean nullable;

  Parameter(String typeName, boolean nullable) {
    this.typeName = typeName;
    this.nullable = nullable;
  }

  /** The name of Go's type. */
  public String typeName() {
    return typeName;
  }

  /** Whether {@code nil} is one. */
  public boolean nullable() {
    return nullable;
  }

  /** Whether a value is one. */
  public boolean takes(@Nullable Object value) {
    return switch (this) {
      case ANY -> true;
      case TEXT -> value instanceof String;
      case INT -> value instanceof Long;
      case TEXTS -> Kind.whole(value) instanceof List<?> list && Kind.isTexts(list);
      case LIST -> Kind.whole(value) instanceof AnyList;
      case SAMPLES -> value instanceof QueryResult;
      case SAMPLE -> value instanceof QuerySample;
      case TIME -> value instanceof GoTime;
      case DURATION -> value instanceof io.narthex.templates.internal.value.GoDuration;
    };
  }
}
