package io.narthex.http.api.internal;

import io.narthex.api.config.ScrapeOptions;
import io.narthex.api.model.Labels;
import io.narthex.api.target.MetricMetadata;
import io.narthex.api.target.ScrapedTarget;
import io.narthex.api.target.ScrapedTargets;
import io.narthex.api.target.Target;
import io.narthex.api.target.TargetEndpoint;
import io.narthex.api.target.TargetMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Targets as they are given. */
final class FakeTargets implements ScrapedTargets {
  final List<ScrapedTarget> list = new ArrayList<>();
  final List<TargetMetadata> metadata = new ArrayList<>();

  FakeTargets with(ScrapedTarget target) {
    list.add(target);
    return this;
  }

  FakeTargets saying(Target target, MetricMetadata... families) {
    metadata.add(new TargetMetadata(target, List.of(families)));
    return this;
  }

  @Override
  public List<ScrapedTarget> list() {
    return list;
  }

  @Override
  public List<TargetMetadata> metadata() {
    return metadata;
  }

  static Target target(String pool, TargetEndpoint endpoint, String... labels) {
    return new Target(
        pool,
        Labels.of(labels),
        Labels.of("__address__", "h:9100"),
        endpoint,
        Duration.ofSeconds(90),
        Duration.ofSeconds(10),
        ScrapeOptions.DEFAULT);
  }
}
