package io.narthex.scrape.internal.loop;

import io.narthex.api.config.ScrapeOptions;
import io.narthex.api.model.Labels;
import io.narthex.api.target.Target;
import io.narthex.api.target.TargetEndpoint;
import java.net.URI;
import java.time.Duration;

/** Targets for tests. */
public final class Targets {
  private Targets() {}

  public static Target http(String url, Duration interval, Duration timeout) {
    Labels labels = Labels.of("job", "j", "instance", "i");
    return new Target(
        "j",
        labels,
        labels,
        new TargetEndpoint.Http(URI.create(url)),
        interval,
        timeout,
        ScrapeOptions.DEFAULT);
  }

  static Target inProcess(String exporter, Duration interval, Duration timeout) {
    Labels labels = Labels.of("job", "j", "instance", "i");
    TargetEndpoint endpoint = new TargetEndpoint.InProcess(exporter);
    return new Target("j", labels, labels, endpoint, interval, timeout, ScrapeOptions.DEFAULT);
  }

  public static Target plain() {
    return http("http://h:1/metrics", Duration.ofSeconds(15), Duration.ofSeconds(10));
  }

  public static ScrapeOptions options(boolean honorLabels, boolean honorTimestamps) {
    ScrapeOptions base = ScrapeOptions.DEFAULT;
    return new ScrapeOptions(
        honorLabels,
        honorTimestamps,
        base.trackTimestampsStaleness(),
        base.enableCompression(),
        base.protocols(),
        base.fallbackProtocol(),
        base.limits(),
        base.metricRelabelRules(),
        base.http(),
        base.names(),
        base.escaping(),
        base.extraMetrics(),
        base.histograms(),
        base.failureLog());
  }

  /** The plain target with other options. */
  public static Target with(ScrapeOptions options) {
    Target base = plain();
    return new Target(
        base.pool(),
        base.labels(),
        base.labels(),
        base.endpoint(),
        base.interval(),
        base.timeout(),
        options);
  }

  public static Target with(Labels labels, boolean honorLabels, boolean honorTimestamps) {
    Target base = plain();
    return new Target(
        base.pool(),
        labels,
        labels,
        base.endpoint(),
        base.interval(),
        base.timeout(),
        options(honorLabels, honorTimestamps));
  }
}
