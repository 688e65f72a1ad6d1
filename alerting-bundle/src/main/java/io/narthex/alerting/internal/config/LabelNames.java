package io.narthex.alerting.internal.config;

import io.narthex.api.model.Labels;
import io.narthex.api.model.NameValidation;
import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Section;
import java.util.ArrayList;
import java.util.List;

/** Decodes names of labels, and labels. */
final class LabelNames {
  private LabelNames() {}

  /** The names in the list at a key. */
  static List<ConfigNode.Scalar> names(Section section, String key) {
    List<ConfigNode.Scalar> names = new ArrayList<>();
    for (ConfigNode.Scalar item :
        section.value(key).map(value -> section.strings(value, key)).orElse(List.of())) {
      if (NameValidation.UTF8.isLabelName(item.text())) {
        names.add(item);
      } else {
        section.report(
            item.position(), "\"%s\" in %s is no label name".formatted(item.text(), key));
      }
    }
    return names;
  }

  /** The labels in the mapping at a key. */
  static Labels labels(Section section, String key) {
    Labels.Builder labels = Labels.builder();
    for (ConfigNode.Entry entry : section.mapping(key)) {
      if (!NameValidation.UTF8.isLabelName(entry.key())) {
        section.report(
            entry.position(), "\"%s\" in %s is no label name".formatted(entry.key(), key));
      } else if (!entry.value().isNull()) {
        section
            .scalar(entry.value(), "%s in %s".formatted(entry.key(), key), "a string")
            .ifPresent(value -> labels.set(entry.key(), value.text()));
      }
    }
    return labels.build();
  }
}
