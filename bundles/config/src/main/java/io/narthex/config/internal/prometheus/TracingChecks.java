package io.narthex.config.internal.prometheus;

import io.narthex.api.section.Section;
import io.narthex.config.internal.schema.Settings;

/** Checks the section {@code tracing}. */
final class TracingChecks {
  private TracingChecks() {}

  static void check(Settings tracing) {
    Section section = tracing.section();
    if (section.isMapping() && !tracing.has("endpoint")) {
      section.report(
          section.position("endpoint"),
          "endpoint in %s is missing or empty".formatted(section.name()));
    }
    ReservedHeaders.check(tracing, "traces are exported without authorization");
  }
}
