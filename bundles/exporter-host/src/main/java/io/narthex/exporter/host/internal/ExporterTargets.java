package io.narthex.exporter.host.internal;

import io.narthex.api.config.GlobalConfig;
import io.narthex.api.config.ScrapeOptions;
import io.narthex.api.model.Labels;
import io.narthex.api.target.Target;
import io.narthex.api.target.TargetEndpoint;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the target of an exporter.
 *
 * @param instance the label {@code instance}: where this server answers
 */
record ExporterTargets(String instance) {
  private static final Logger logger = LoggerFactory.getLogger(ExporterTargets.class);

  /** Upstream's default, for as long as there is no configuration. */
  private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(15);

  private static final Duration MAX_TIMEOUT = Duration.ofSeconds(10);

  private static final Set<String> WILDCARDS = Set.of("", "0.0.0.0", "::", "[::]");

  private static final Pattern DURATION =
      Pattern.compile(
          "(?:([0-9]{1,9})y)?(?:([0-9]{1,9})w)?(?:([0-9]{1,9})d)?(?:([0-9]{1,9})h)?"
              + "(?:([0-9]{1,9})m)?(?:([0-9]{1,9})s)?(?:([0-9]{1,9})ms)?");

  private static final long[] UNIT_MILLIS = {
    365 * 86_400_000L, 7 * 86_400_000L, 86_400_000L, 3_600_000L, 60_000L, 1_000L, 1L
  };

  /**
   * With the instance that a listen address gives; an address for all interfaces becomes {@code
   * localhost}.
   */
  static ExporterTargets listeningAt(String listenAddress) {
    int colon = listenAddress.lastIndexOf(':');
    String host = colon < 0 ? listenAddress : listenAddress.substring(0, colon);
    String port = colon < 0 ? "" : listenAddress.substring(colon);
    return new ExporterTargets((WILDCARDS.contains(host) ? "localhost" : host) + port);
  }

  /** The target of the exporter under this configuration, if there is one yet. */
  Target of(Registration registration, Optional<GlobalConfig> global) {
    Duration interval =
        registration
            .interval()
            .flatMap(text -> interval(registration.name(), text))
            .or(() -> global.map(GlobalConfig::scrapeInterval))
            .orElse(DEFAULT_INTERVAL);
    Duration timeout = interval.compareTo(MAX_TIMEOUT) < 0 ? interval : MAX_TIMEOUT;
    String name = registration.name();
    return new Target(
        name,
        Labels.of("job", name, "instance", instance),
        Labels.of(
            "__address__",
            instance,
            "__metrics_path__",
            "/exporters/%s/metrics".formatted(name),
            "__scheme__",
            "http",
            "job",
            name),
        new TargetEndpoint.InProcess(name),
        interval,
        timeout,
        ScrapeOptions.DEFAULT);
  }

  private static Optional<Duration> interval(String name, String text) {
    Matcher matcher = DURATION.matcher(text);
    long millis = 0;
    if (matcher.matches()) {
      for (int i = 0; i < UNIT_MILLIS.length; i++) {
        String count = matcher.group(i + 1);
        millis += count == null ? 0 : Long.parseLong(count) * UNIT_MILLIS[i];
      }
    }
    if (millis <= 0) {
      logger
          .atWarn()
          .addKeyValue("exporter", name)
          .addKeyValue("interval", text)
          .log(
              "the exporter's interval is no duration above 0 such as 15s,"
                  + " the default is used");
      return Optional.empty();
    }
    return Optional.of(Duration.ofMillis(millis));
  }
}
