package io.narthex.runtime.internal.metrics;

import io.narthex.api.metrics.Counter;
import io.narthex.api.metrics.Distribution;
import io.narthex.api.metrics.Gauge;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.datapoints.GaugeDataPoint;
import io.prometheus.metrics.core.metrics.StatefulMetric;

/**
 * The client's metrics behind the API's interfaces: the data point that is written to, and the
 * metric it belongs to.
 */
final class ClientMetric {
  private ClientMetric() {}

  record OfCounter(CounterDataPoint point, StatefulMetric<CounterDataPoint, ?> metric)
      implements Counter {
    @Override
    public void add(double amount) {
      point.inc(amount);
    }

    @Override
    public Counter labels(String... values) {
      return new OfCounter(metric.labelValues(values), metric);
    }

    @Override
    public void remove(String... values) {
      metric.remove(values);
    }
  }

  record OfGauge(GaugeDataPoint point, StatefulMetric<GaugeDataPoint, ?> metric) implements Gauge {
    @Override
    public void set(double value) {
      point.set(value);
    }

    @Override
    public void add(double amount) {
      point.inc(amount);
    }

    @Override
    public Gauge labels(String... values) {
      return new OfGauge(metric.labelValues(values), metric);
    }

    @Override
    public void remove(String... values) {
      metric.remove(values);
    }
  }

  record OfDistribution(
      DistributionDataPoint point, StatefulMetric<DistributionDataPoint, ?> metric)
      implements Distribution {
    @Override
    public void observe(double value) {
      point.observe(value);
    }

    @Override
    public Distribution labels(String... values) {
      return new OfDistribution(metric.labelValues(values), metric);
    }
  }
}
