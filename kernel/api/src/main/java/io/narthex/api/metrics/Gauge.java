package io.narthex.api.metrics;

import org.osgi.annotation.versioning.ProviderType;

/** A number that goes up and down, per set of label values. May be used from any thread. */
@ProviderType
public interface Gauge {
  /** Sets the gauge without labels. */
  void set(double value);

  /** Adds to the gauge without labels. */
  void add(double amount);

  /** The gauge of these label values, in the order of the names. */
  Gauge labels(String... values);

  /**
   * Forgets the gauge of these label values, in the order of the names: it is not shown any more,
   * and what was kept of it counts for nothing. The next {@link #labels} with them begins anew.
   * Nothing happens if there is none.
   */
  default void remove(String... values) {
    // A default for the sake of fakes that stand for metrics in tests: the runtime's have it.
    throw new UnsupportedOperationException(
        getClass().getName() + " does not know how to forget label values");
  }
}
