package io.narthex.scrape.internal.loop;

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
        false,
        true);
  }

  static Target inProcess(String exporter, Duration interval, Duration timeout) {
    Labels labels = Labels.of("job", "j", "instance", "i");
    TargetEndpoint endpoint = new TargetEndpoint.InProcess(exporter);
    return new Target("j", labels, labels, endpoint, interval, timeout, false, true);
  }

  static Target plain() {
    return http("http://h:1/metrics", Duration.ofSeconds(15), Duration.ofSeconds(10));
  }

  static Target with(Labels labels, boolean honorLabels, boolean honorTimestamps) {
    Target base = plain();
    return new Target(
        base.pool(),
        labels,
        labels,
        base.endpoint(),
        base.interval(),
        base.timeout(),
        honorLabels,
        honorTimestamps);
  }
}
