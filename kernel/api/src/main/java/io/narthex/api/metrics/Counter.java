package io.narthex.api.metrics;

import org.osgi.annotation.versioning.ProviderType;

/** A number that only grows, per set of label values. May be used from any thread. */
@ProviderType
public interface Counter {
  /** Adds 1 to the counter without labels. */
  default void inc() {
    add(1);
  }

  /** Adds to the counter without labels; the amount is not below 0. */
  void add(double amount);

  /**
   * The counter of these label values, in the order of the names; keep it where it is counted
   * often.
   */
  Counter labels(String... values);

  /**
   * Forgets the counter of these label values, in the order of the names: it is not shown any more,
   * and what was kept of it counts for nothing. The next {@link #labels} with them begins anew.
   * Nothing happens if there is none.
   */
  default void remove(String... values) {
    // A default for the sake of fakes that stand for metrics in tests: the runtime's have it.
    throw new UnsupportedOperationException(
        getClass().getName() + " does not know how to forget label values");
  }
}
