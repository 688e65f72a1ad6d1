package io.narthex.config.internal.prometheus;

import io.narthex.api.model.NameValidation;
import io.narthex.api.section.Section;
import io.narthex.config.internal.schema.Choices;
import io.narthex.config.internal.schema.Setting;
import io.narthex.config.internal.schema.Settings;
import java.util.List;

/**
 * Which names are valid, and how they are asked for ({@code metric_name_validation_scheme} and
 * {@code metric_name_escaping_scheme}), in global and in scrape configs.
 */
final class NameSchemes {
  static final String ALLOW_UTF8 = "allow-utf-8";

  private static final String VALIDATION = "metric_name_validation_scheme";
  private static final String ESCAPING = "metric_name_escaping_scheme";
  private static final String UNDERSCORES = "underscores";
  private static final String LEGACY = "legacy";
  private static final List<String> ESCAPINGS = List.of(ALLOW_UTF8, UNDERSCORES, "dots", "values");

  private NameSchemes() {}

  /** Fills in what is not given. */
  static NameValidation completeGlobal(Settings global) {
    if (!global.has(VALIDATION)) {
      global.set(VALIDATION, new Setting.Text("utf8"));
    }
    if (global.has(ESCAPING)) {
      checkEscaping(global);
    }
    return validation(global);
  }

  /** Fills in what is inherited, and checks that both fit. */
  static NameValidation completeScrape(Settings scrape, Settings global) {
    boolean inherits = !scrape.has(VALIDATION);
    if (inherits) {
      scrape.set(VALIDATION, global.get(VALIDATION));
    }
    if (!scrape.has(ESCAPING)) {
      boolean fromGlobal = inherits && global.has(ESCAPING);
      scrape.set(
          ESCAPING, fromGlobal ? global.get(ESCAPING) : new Setting.Text(fittingEscaping(scrape)));
    }
    NameValidation names = validation(scrape);
    if (checkEscaping(scrape)
        && scrape.text(ESCAPING).equals(ALLOW_UTF8)
        && names == NameValidation.LEGACY) {
      Section section = scrape.section();
      section.report(
          section.position(section.has(ESCAPING) ? ESCAPING : VALIDATION),
          "%s \"%s\" needs %s \"utf8\", but it is \"legacy\" in %s"
              .formatted(ESCAPING, ALLOW_UTF8, VALIDATION, section.name()));
    }
    return names;
  }

  static NameValidation validation(Settings settings) {
    return settings.text(VALIDATION).equals(LEGACY) ? NameValidation.LEGACY : NameValidation.UTF8;
  }

  static String escaping(Settings scrape) {
    return scrape.text(ESCAPING);
  }

  private static String fittingEscaping(Settings settings) {
    return validation(settings) == NameValidation.LEGACY ? UNDERSCORES : ALLOW_UTF8;
  }

  private static boolean checkEscaping(Settings settings) {
    String escaping = settings.text(ESCAPING);
    Section section = settings.section();
    if (ESCAPINGS.contains(escaping)) {
      return true;
    }
    if (section.has(ESCAPING)) {
      section.report(
          section.valuePosition(ESCAPING),
          "%s must be %s, got \"%s\"".formatted(ESCAPING, Choices.of(ESCAPINGS), escaping));
    }
    return false;
  }
}
