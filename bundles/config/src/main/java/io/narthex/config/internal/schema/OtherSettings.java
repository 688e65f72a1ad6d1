package io.narthex.config.internal.schema;

import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Sections whose keys only a drop-in knows: they are shown as they are, but for likely secrets. */
final class OtherSettings {
  private static final Pattern SECRET =
      Pattern.compile(".*(pass|secret|token|key|credential|auth).*", Pattern.CASE_INSENSITIVE);

  private OtherSettings() {}

  static Settings read(String mechanism, Section section) {
    List<Field> fields = new ArrayList<>();
    if (section.node() instanceof ConfigNode.Mapping mapping) {
      mapping
          .entries()
          .forEach(e -> fields.add(new Field(e.key(), Field.Kind.ANY, "", List.of(), true, "")));
    }
    Settings settings = new Settings(new Struct(mechanism, "", fields, false, false), section);
    fields.forEach(
        field ->
            settings.set(
                field.key(),
                section
                    .value(field.key())
                    .<Setting>map(v -> new Setting.Node(hide(field.key(), v)))
                    .orElse(new Setting.Unset())));
    return settings;
  }

  private static ConfigNode hide(String key, ConfigNode value) {
    return switch (value) {
      case ConfigNode.Scalar scalar when SECRET.matcher(key).matches() && !scalar.isNull() ->
          new ConfigNode.Scalar(scalar.position(), "<secret>", false, false);
      case ConfigNode.Scalar scalar -> scalar;
      case ConfigNode.Sequence list ->
          new ConfigNode.Sequence(
              list.position(), list.items().stream().map(item -> hide(key, item)).toList());
      case ConfigNode.Mapping mapping ->
          new ConfigNode.Mapping(
              mapping.position(),
              mapping.entries().stream()
                  .map(
                      e ->
                          new ConfigNode.Entry(
                              e.key(), e.position(), hide(key + "." + e.key(), e.value())))
                  .toList());
    };
  }
}
