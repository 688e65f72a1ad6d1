package io.narthex.alerting.internal.config;

import io.narthex.api.http.HttpClientSection;
import io.narthex.api.section.Section;
import java.util.List;
import java.util.Optional;

/** Checks the sections that this version does not act on. */
final class TracingDecoder {
  private TracingDecoder() {}

  /** Checks {@code tracing}; gives whether it stands there. */
  static Optional<Section> check(Section root) {
    Optional<Section> tracing = root.section("tracing");
    tracing.filter(Section::isMapping).ifPresent(TracingDecoder::checkKeys);
    return tracing;
  }

  /** Refuses {@code event_recorder}: who asks for a record must not believe that there is one. */
  static void refuseRecorder(Section root) {
    if (root.value("event_recorder").isPresent()) {
      root.report(
          root.position("event_recorder"),
          "event_recorder is not there yet: no events are recorded; remove it");
    }
  }

  private static void checkKeys(Section tracing) {
    if (!tracing.has("endpoint")) {
      tracing.report(
          tracing.position("endpoint"), "endpoint is missing or empty in " + tracing.name());
    }
    tracing.string("endpoint");
    checkChoice(tracing, "client_type", List.of("http", "grpc"));
    checkChoice(tracing, "compression", List.of("gzip"));
    tracing.decimal("sampling_fraction");
    tracing.bool("insecure", false);
    tracing.durationOrZero("timeout");
    tracing.section("tls_config").ifPresent(HttpClientSection::tls);
    tracing.mapping("headers");
    tracing.refuseOthers();
  }

  private static void checkChoice(Section tracing, String key, List<String> choices) {
    tracing
        .string(key)
        .filter(text -> !text.isEmpty() && !choices.contains(text))
        .ifPresent(
            text ->
                tracing.report(
                    tracing.valuePosition(key),
                    "%s in %s must be %s, got \"%s\""
                        .formatted(key, tracing.name(), String.join(" or ", choices), text)));
  }
}
