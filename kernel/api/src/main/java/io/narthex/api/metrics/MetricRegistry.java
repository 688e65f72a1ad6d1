package io.narthex.api.metrics;

import java.util.function.DoubleSupplier;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Registers metrics about Narthex itself, which appear at {@code /metrics}. A component has one in
 * its {@link io.narthex.api.scope.BundleScope}; what it registered disappears with the scope. A
 * name that is taken by another scope is an {@link IllegalArgumentException}. Names are complete,
 * {@code _total} included.
 */
@ProviderType
public interface MetricRegistry {
  /** A counter; its name ends in {@code _total}. */
  Counter counter(String name, String help, String... labelNames);

  /** A gauge. */
  Gauge gauge(String name, String help, String... labelNames);

  /**
   * A counter whose value is asked for at each scrape of {@code /metrics}; the supplier is quick
   * and never throws.
   */
  void counter(String name, String help, DoubleSupplier value);

  /**
   * A gauge whose value is asked for at each scrape of {@code /metrics}; the supplier is quick and
   * never throws.
   */
  void gauge(String name, String help, DoubleSupplier value);

  /** A histogram with these upper bounds, ascending, without {@code +Inf}. */
  Distribution histogram(String name, String help, double[] upperBounds, String... labelNames);

  /** A summary with these quantiles over the last ten minutes; none: only sum and count. */
  Distribution summary(String name, String help, double[] quantiles, String... labelNames);
}
