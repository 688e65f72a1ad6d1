package io.narthex.exporters.sdk.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.spi.exporter.Exporter;
import io.narthex.tck.exporter.CollectedMetrics;
import io.narthex.tck.exporter.ExporterContract;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.core.metrics.StateSet;
import io.prometheus.metrics.core.metrics.Summary;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.junit.jupiter.api.Test;

class RegistryExporterTest extends ExporterContract {
  private enum Light {
    RED,
    GREEN
  }

  @Override
  protected Exporter exporter() {
    PrometheusRegistry registry = new PrometheusRegistry();
    Counter.builder()
        .name("requests_total")
        .help("R.")
        .labelNames("method")
        .register(registry)
        .labelValues("get")
        .inc(3);
    Gauge.builder().name("temperature.celsius").help("T.").register(registry).set(-2.5);
    Histogram both =
        Histogram.builder().name("both").help("B.").classicUpperBounds(1, 2).register(registry);
    both.observe(0.5);
    both.observe(1.5);
    both.observe(9);
    Histogram.builder().name("native").help("N.").nativeOnly().register(registry).observe(4);
    Summary summary =
        Summary.builder().name("sizes").help("S.").quantile(0.5).labelNames("a").register(registry);
    summary.labelValues("x").observe(7);
    Info.builder()
        .name("build_info")
        .help("B.")
        .labelNames("v")
        .register(registry)
        .addLabelValues("1");
    StateSet states =
        StateSet.builder().name("light").help("L.").states(Light.class).register(registry);
    states.setTrue(Light.GREEN);
    return new RegistryExporter(registry);
  }

  @Test
  void handsOverEveryKindOfMetric() throws Exception {
    CollectedMetrics collected = CollectedMetrics.of(exporter());
    assertThat(collected.value("requests_total", "method", "get")).isEqualTo(3);
    assertThat(collected.value("temperature_celsius")).isEqualTo(-2.5);
    assertThat(collected.value("both_bucket", "le", "1.0")).isEqualTo(1);
    assertThat(collected.value("both_bucket", "le", "2.0")).isEqualTo(2);
    assertThat(collected.value("both_bucket", "le", "+Inf")).isEqualTo(3);
    assertThat(collected.value("both_sum")).isEqualTo(11);
    assertThat(collected.value("both_count")).isEqualTo(3);
    assertThat(collected.value("native_bucket", "le", "+Inf")).isEqualTo(1);
    assertThat(collected.value("native_sum")).isEqualTo(4);
    assertThat(collected.value("sizes", "a", "x", "quantile", "0.5")).isEqualTo(7);
    assertThat(collected.value("sizes_count", "a", "x")).isEqualTo(1);
    assertThat(collected.value("build_info", "v", "1")).isEqualTo(1);
    assertThat(collected.value("light", "light", "GREEN")).isEqualTo(1);
    assertThat(collected.value("light", "light", "RED")).isZero();
    assertThat(collected.families()).hasSize(7);
  }
}
