package io.narthex.spi.exporter;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Metrics from inside the process. Register it as an OSGi service with the property {@link #NAME};
 * it is then scraped like any target, with {@code job} set to its name, and can be read at {@code
 * /exporters/<name>/metrics}.
 *
 * <p>Narthex calls {@link #collect} inside a guard: on a thread of the exporter's own bundle, never
 * two at a time for the same scrape, with the scrape's timeout. It may block; the thread is
 * interrupted when the time is over. What it throws makes {@code up} 0 for this target and is shown
 * as the target's error; nothing else suffers.
 */
@ConsumerType
public interface Exporter {
  /**
   * Service property, mandatory: the exporter's name, of letters, digits, {@code _} and {@code -}.
   */
  String NAME = "narthex.exporter.name";

  /**
   * Service property, optional: the time from scrape to scrape, as PromQL spells durations; default
   * is the global one.
   */
  String INTERVAL = "narthex.exporter.interval";

  /** Writes all metrics as they are now. */
  void collect(MetricSink sink) throws Exception;
}
