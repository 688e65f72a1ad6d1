package io.narthex.api.metrics;

import org.osgi.annotation.versioning.ProviderType;

/**
 * How observed values are spread: a histogram or a summary, per set of label values. May be used
 * from any thread.
 */
@ProviderType
public interface Distribution {
  /** Observes a value on the distribution without labels. */
  void observe(double value);

  /** The distribution of these label values, in the order of the names. */
  Distribution labels(String... values);
}
