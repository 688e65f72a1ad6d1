package io.narthex.rules.internal.file;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.model.NameValidation;
import io.narthex.api.model.Utf8Order;
import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Section;
import io.narthex.api.template.TemplateSet;
import io.narthex.api.template.TemplateSource;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Decodes labels and annotations. */
final class TextDecoder {
  private static final String QUOTED = "a string (in quotes if it begins with {{)";

  private final NameValidation names;
  private final TemplateSet templates;

  TextDecoder(NameValidation names, TemplateSet templates) {
    this.names = names;
    this.templates = templates;
  }

  NameValidation names() {
    return names;
  }

  /** What the configuration calls the names that are valid. */
  String scheme() {
    return names == NameValidation.UTF8 ? "utf8" : "legacy";
  }

  /** The labels at a key. */
  SortedMap<String, String> labels(Section section, String key) {
    SortedMap<String, String> labels = new TreeMap<>(Utf8Order.COMPARATOR);
    for (ConfigNode.Entry entry : section.mapping(key)) {
      if (entry.key().equals(Labels.METRIC_NAME)) {
        section.report(
            entry.position(),
            "labels of %s must not have __name__; a recording rule's metric is at record"
                .formatted(section.name()));
      } else if (isValidName(section, entry, "label")) {
        value(section, entry, "label").ifPresent(text -> labels.put(entry.key(), text));
      }
    }
    return labels;
  }

  /** The annotations at a key. */
  SortedMap<String, String> annotations(Section section, String key) {
    SortedMap<String, String> annotations = new TreeMap<>(Utf8Order.COMPARATOR);
    for (ConfigNode.Entry entry : section.mapping(key)) {
      if (isValidName(section, entry, "annotation")) {
        value(section, entry, "annotation").ifPresent(text -> annotations.put(entry.key(), text));
      }
    }
    return annotations;
  }

  /** Checks that texts are templates. */
  void checkTemplates(Section section, String key, String kind, String alert) {
    for (ConfigNode.Entry entry : section.mapping(key)) {
      if (entry.value() instanceof ConfigNode.Scalar scalar && !scalar.isNull()) {
        try {
          templates.text(new TemplateSource("__alert_" + alert, scalar.text()));
        } catch (NarthexException e) {
          section.report(
              scalar.position(),
              "%s \"%s\" of %s is not a template: %s"
                  .formatted(kind, entry.key(), section.name(), e.getMessage()));
        }
      }
    }
  }

  private boolean isValidName(Section section, ConfigNode.Entry entry, String kind) {
    if (names.isLabelName(entry.key())) {
      return true;
    }
    section.report(
        entry.position(),
        "\"%s\" of %s is not a valid %s name (%s names)"
            .formatted(entry.key(), section.name(), kind, scheme()));
    return false;
  }

  private static Optional<String> value(Section section, ConfigNode.Entry entry, String kind) {
    if (entry.value().isNull()) {
      return Optional.of("");
    }
    Optional<String> text =
        section
            .scalar(
                entry.value(),
                "%s \"%s\" of %s".formatted(kind, entry.key(), section.name()),
                entry.value() instanceof ConfigNode.Mapping ? QUOTED : "a string")
            .map(ConfigNode.Scalar::text);
    if (text.isPresent() && !text.get().isEmpty() && !NameValidation.UTF8.isLabelName(text.get())) {
      section.report(
          entry.value().position(),
          "%s \"%s\" of %s is not valid UTF-8".formatted(kind, entry.key(), section.name()));
      return Optional.empty();
    }
    return text;
  }
}
