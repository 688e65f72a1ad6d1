package io.narthex.templates.internal.value;

import io.narthex.api.template.TemplateObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as Go's {@code json.Marshal} writes them. */
public final class JsonText {
  private static final int MAX_DEPTH = 200;
  private static final String JSON_METHOD = "MarshalJSON";

  private final BoundedText out = new BoundedText();

  private JsonText() {}

  /** Writes a value. */
  public static String of(@Nullable Object value) {
    JsonText json = new JsonText();
    json.write(value, 0);
    return json.out.toString();
  }

  private void write(@Nullable Object unknown, int depth) {
    if (depth > MAX_DEPTH) {
      throw new LimitFault("exceeded maximum depth of values (%d)".formatted(MAX_DEPTH));
    }
    switch (Kind.imported(unknown)) {
      case null -> out.append("null");
      case Boolean flag -> out.append(flag.toString());
      case Long number -> out.append(number.toString());
      case Double number -> number(number);
      case String text -> text(text);
      case Markup markup -> text(markup.text());
      case NamedInt number -> out.append(Long.toString(number.value()));
      case GoDuration duration -> out.append(Long.toString(duration.nanos()));
      case GoTime time ->
          text(TimeLayout.format(time.calendar(), "2006-01-02T15:04:05.999999999Z07:00"));
      case QuerySample sample -> sample(sample, depth);
      case List<?> list -> list(list, depth);
      case Map<?, ?> map -> map(map, depth);
      case TemplateObject object -> object(object, depth);
      case Object other -> throw unsupported(other);
    }
  }

  private void object(TemplateObject object, int depth) {
    if (object.has(JSON_METHOD)) {
      write(object.get(JSON_METHOD, List.of()), depth + 1);
    } else {
      write(object.whole().orElseThrow(() -> unsupported(object)), depth + 1);
    }
  }

  private static TemplateFault unsupported(Object value) {
    return new TemplateFault("json: unsupported type: " + Kind.typeName(value));
  }

  private void sample(QuerySample sample, int depth) {
    out.append("{\"Labels\":");
    write(sample.labels(), depth + 1);
    out.append(",\"Value\":");
    write(sample.value(), depth + 1);
    out.append('}');
  }

  private void number(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      throw new TemplateFault("json: unsupported value: " + FloatText.shortest(number));
    }
    out.append(FloatText.json(number));
  }

  private void list(List<?> list, int depth) {
    out.append('[');
    boolean first = true;
    for (Object item : list) {
      if (!first) {
        out.append(',');
      }
      first = false;
      write(item, depth + 1);
    }
    out.append(']');
  }

  private void map(Map<?, ?> map, int depth) {
    out.append('{');
    boolean first = true;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!first) {
        out.append(',');
      }
      first = false;
      text(String.valueOf(entry.getKey()));
      out.append(':');
      write(entry.getValue(), depth + 1);
    }
    out.append('}');
  }

  private void text(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      character(text, i);
    }
    out.append('"');
  }

  private void character(String text, int index) {
    char c = text.charAt(index);
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      // For JSON inside of HTML and scripts.
      case '<', '>', '&', '\u2028', '\u2029' -> out.append("\\u%04x".formatted((int) c));
      default -> {
        if (c < ' ') {
          out.append("\\u%04x".formatted((int) c));
        } else {
          out.append(c);
        }
      }
    }
  }
}
