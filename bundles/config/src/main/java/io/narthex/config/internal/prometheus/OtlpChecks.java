package io.narthex.config.internal.prometheus;

import io.narthex.api.model.NameValidation;
import io.narthex.api.section.Section;
import io.narthex.config.internal.schema.Setting;
import io.narthex.config.internal.schema.Settings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks the section {@code otlp}. */
final class OtlpChecks {
  private static final String ALL = "promote_all_resource_attributes";
  private static final String PROMOTED = "promote_resource_attributes";
  private static final String IGNORED = "ignore_resource_attributes";
  private static final Set<String> NEED_UTF8 =
      Set.of("NoTranslation", "NoUTF8EscapingWithSuffixes");

  private final Settings otlp;
  private final Section section;

  private OtlpChecks(Settings otlp) {
    this.otlp = otlp;
    this.section = otlp.section();
  }

  static void check(Settings otlp, NameValidation names) {
    OtlpChecks checks = new OtlpChecks(otlp);
    checks.checkAttributes();
    String strategy = otlp.text("translation_strategy");
    if (names == NameValidation.LEGACY && NEED_UTF8.contains(strategy)) {
      checks.section.report(
          checks.section.valuePosition("translation_strategy"),
          "translation_strategy \"%s\" needs global metric_name_validation_scheme \"utf8\", but it"
                  .formatted(strategy)
              + " is \"legacy\"");
    }
  }

  private void checkAttributes() {
    if (otlp.flag(ALL)) {
      if (otlp.has(PROMOTED)) {
        section.exclusive(ALL, PROMOTED);
      }
      distinct(IGNORED);
    } else {
      if (otlp.has(IGNORED)) {
        section.report(
            section.position(IGNORED),
            "%s in %s needs %s: true".formatted(IGNORED, section.name(), ALL));
      }
      distinct(PROMOTED);
    }
  }

  /** Spaces around the names do not count, and are not shown. */
  private void distinct(String key) {
    Set<String> seen = new HashSet<>();
    List<Setting> names = new ArrayList<>();
    for (String text : otlp.texts(key)) {
      String name = text.strip();
      if (name.isEmpty() || !seen.add(name)) {
        section.report(
            section.valuePosition(key),
            name.isEmpty()
                ? "%s in %s has an empty item".formatted(key, section.name())
                : "\"%s\" stands twice in %s of %s".formatted(name, key, section.name()));
      }
      names.add(new Setting.Text(name));
    }
    otlp.set(key, new Setting.Items(names, false));
  }
}
