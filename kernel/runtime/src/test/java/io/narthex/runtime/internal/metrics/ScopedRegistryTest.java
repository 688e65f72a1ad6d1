package io.narthex.runtime.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.metrics.Counter;
import io.narthex.api.metrics.Gauge;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScopedRegistryTest {
  private final SelfMetrics metrics = new SelfMetrics();
  private final ScopedRegistry registry = metrics.registry("test");

  @Test
  void labelValuesThatAreRemovedAreNotShownAndBeginAnew() throws IOException {
    Gauge gauge = registry.gauge("g", "A gauge.", "a", "b");
    Counter counter = registry.counter("c_total", "A counter.", "a", "b");
    Gauge kept = gauge.labels("1", "x");
    kept.set(7);
    gauge.labels("2", "x").set(8);
    counter.labels("1", "x").add(3);
    counter.labels("2", "x").add(4);

    gauge.remove("1", "x");
    counter.remove("1", "x");
    gauge.remove("none", "x");
    kept.set(9);
    assertThat(shown()).containsExactly("c_total{a=\"2\",b=\"x\"} 4.0", "g{a=\"2\",b=\"x\"} 8.0");

    counter.labels("1", "x").inc();
    gauge.labels("1", "x").add(1);
    assertThat(shown())
        .contains("c_total{a=\"1\",b=\"x\"} 1.0", "g{a=\"1\",b=\"x\"} 1.0")
        .hasSize(4);
  }

  private List<String> shown() throws IOException {
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(page, metrics.all().scrape());
    return page.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .sorted()
        .toList();
  }
}
