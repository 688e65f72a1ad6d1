package io.narthex.api.target;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Holds the targets that are to be scraped, by the name of the part that found them. It belongs to
 * the runtime and outlives both the bundles that publish targets and the bundle that scrapes them.
 * All methods may be called from any thread.
 */
@ProviderType
public interface TargetRegistry {
  /** Replaces all pools of a publisher; an empty list removes them. */
  void publish(String publisher, List<TargetPool> pools);

  /** The pools of all publishers now. */
  Map<String, List<TargetPool>> pools();

  /**
   * Calls the listener with the pools of all publishers after each change, and at once with those
   * of now. Calls never overlap and are in order; a listener returns soon.
   *
   * @return ends the subscription; after {@code close} returns the listener is not called any more
   */
  Subscription subscribe(Consumer<List<TargetPool>> listener);

  /** A subscription that can be ended. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
