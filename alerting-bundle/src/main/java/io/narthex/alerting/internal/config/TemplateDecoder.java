package io.narthex.alerting.internal.config;

import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Section;
import io.narthex.api.template.TemplateSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the files that {@code templates} names. */
final class TemplateDecoder {
  /** No more files are read: a pattern that matches so many is a mistake. */
  private static final int MAX_FILES = 1000;

  private final ConfigFiles files;
  private final List<TemplateSource> sources = new ArrayList<>();

  private TemplateDecoder(ConfigFiles files) {
    this.files = files;
  }

  /** The texts, in the order of the patterns. */
  static List<TemplateSource> decode(Section root, ConfigFiles files) {
    TemplateDecoder decoder = new TemplateDecoder(files);
    root.value("templates")
        .map(value -> root.strings(value, "templates"))
        .orElse(List.of())
        .forEach(pattern -> decoder.add(root, pattern));
    return decoder.sources;
  }

  private void add(Section root, ConfigNode.Scalar pattern) {
    if (pattern.text().isEmpty()) {
      return;
    }
    try {
      for (Path file : files.matching(root.resolve(pattern.text()).toString())) {
        if (sources.size() == MAX_FILES) {
          root.report(
              pattern.position(), "templates match more than %d files".formatted(MAX_FILES));
          return;
        }
        read(root, pattern, file);
      }
    } catch (IllegalArgumentException e) {
      root.report(
          pattern.position(),
          "\"%s\" in templates is no pattern for files: %s"
              .formatted(pattern.text(), e.getMessage()));
    }
  }

  private void read(Section root, ConfigNode.Scalar pattern, Path file) {
    try {
      sources.add(new TemplateSource(String.valueOf(file.getFileName()), files.read(file)));
    } catch (IOException e) {
      root.report(
          pattern.position(),
          "the template file %s cannot be read: %s".formatted(file, e.getMessage()));
    }
  }
}
