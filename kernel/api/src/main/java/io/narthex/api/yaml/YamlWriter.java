package io.narthex.api.yaml;

import java.util.List;
import java.util.Map;

/** Writes YAML in upstream's layout, so that what people compare or parse stays the same. */
public final class YamlWriter {
  private static final int INDENT = 2;

  private final StringBuilder out = new StringBuilder();
  private final ScalarWriter scalars = new ScalarWriter(out);

  private YamlWriter() {}

  /** Writes a mapping as a document. */
  public static String write(YamlValue.Mapping mapping) {
    YamlWriter writer = new YamlWriter();
    writer.entries(mapping.entries(), 0, true);
    return writer.out.toString();
  }

  private void entries(Map<String, YamlValue> entries, int indent, boolean startsLine) {
    boolean first = true;
    for (Map.Entry<String, YamlValue> entry : entries.entrySet()) {
      if (!first || startsLine) {
        out.repeat(' ', indent);
      }
      first = false;
      scalars.key(entry.getKey());
      out.append(':');
      value(entry.getValue(), indent);
    }
  }

  private void value(YamlValue value, int indent) {
    switch (value) {
      case YamlValue.Mapping mapping when !mapping.entries().isEmpty() -> {
        out.append('\n');
        entries(mapping.entries(), indent + INDENT, true);
      }
      case YamlValue.Listing list when !list.items().isEmpty() && !list.flow() -> {
        out.append('\n');
        items(list.items(), indent);
      }
      case YamlValue other -> {
        out.append(' ');
        single(other, indent);
      }
    }
  }

  private void items(List<YamlValue> items, int indent) {
    for (YamlValue item : items) {
      out.repeat(' ', indent).append("- ");
      switch (item) {
        case YamlValue.Mapping mapping when !mapping.entries().isEmpty() ->
            entries(mapping.entries(), indent + INDENT, false);
        case YamlValue.Listing list when !list.items().isEmpty() && !list.flow() -> {
          out.setLength(out.length() - 1);
          out.append('\n');
          items(list.items(), indent + INDENT);
        }
        case YamlValue other -> single(other, indent);
      }
    }
  }

  private void single(YamlValue value, int indent) {
    switch (value) {
      case YamlValue.Text text -> scalars.text(text.text(), indent + INDENT, false);
      case YamlValue.Raw raw -> out.append(raw.text());
      case YamlValue.Listing list -> flow(list.items(), indent + INDENT);
      case YamlValue.Mapping mapping -> out.append("{}");
    }
    out.append('\n');
  }

  private void flow(List<YamlValue> items, int indent) {
    out.append('[');
    boolean first = true;
    for (YamlValue item : items) {
      if (!first) {
        out.append(',');
        if (scalars.isPastWidth()) {
          out.append('\n').repeat(' ', indent);
        } else {
          out.append(' ');
        }
      }
      first = false;
      scalars.text(item instanceof YamlValue.Text text ? text.text() : "", indent, true);
    }
    out.append(']');
  }
}
