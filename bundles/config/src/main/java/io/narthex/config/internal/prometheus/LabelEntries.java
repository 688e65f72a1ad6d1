package io.narthex.config.internal.prometheus;

import io.narthex.config.internal.yaml.YamlNode;
import java.util.Optional;

/** Checks one label of a mapping from label names to values. */
final class LabelEntries {
  private LabelEntries() {}

  /**
   * The label's value, or empty if there is none or something is wrong with it, which is then
   * reported.
   */
  static Optional<String> read(Section section, YamlNode.Entry entry, String where) {
    if (entry.key().isEmpty()) {
      section.report(entry.position(), "a label name in %s is empty".formatted(where));
      return Optional.empty();
    }
    if (entry.value().isNull()) {
      return Optional.empty();
    }
    return section
        .scalar(entry.value(), "label %s in %s".formatted(entry.key(), where), "a string")
        .map(YamlNode.Scalar::text);
  }
}
