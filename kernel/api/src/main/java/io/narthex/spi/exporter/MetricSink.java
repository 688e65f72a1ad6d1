package io.narthex.spi.exporter;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes what an exporter has. Valid only during {@link Exporter#collect}, on its thread. Anything
 * that is no valid metric is refused at once with an {@link IllegalArgumentException} that says
 * why.
 */
@ProviderType
public interface MetricSink {
  /**
   * Begins a metric family; its samples follow. Each name may begin one family per collection.
   *
   * @param name without suffixes such as {@code _bucket}; a counter's ends in {@code _total}
   */
  Family family(String name, MetricType type, String help);

  /** The samples of a family. Label names and values alternate: {@code "mode", "idle"}. */
  @ProviderType
  interface Family {
    /** A sample of the family's own name. */
    Family sample(double value, String... labels);

    /**
     * A sample of the family's name with a suffix, for the parts of histograms and summaries:
     * {@code _bucket}, {@code _sum}, {@code _count}.
     */
    Family suffixed(String suffix, double value, String... labels);
  }
}
