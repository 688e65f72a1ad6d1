package io.narthex.api.config;

import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Holds the configuration in force. It belongs to the runtime and outlives the bundle that read it,
 * so that updating that bundle disturbs nobody. All methods may be called from any thread.
 */
@ProviderType
public interface CurrentConfiguration {
  /** The configuration in force, or empty before the first was published. */
  Optional<PrometheusConfig> get();

  /**
   * Puts a checked configuration in force and tells the subscribers, in turn, on the caller's
   * thread.
   */
  void publish(PrometheusConfig configuration);

  /** Notes how an attempt to load a configuration went. */
  void note(LoadAttempt attempt);

  /** How the last attempt to load a configuration went, or empty before the first. */
  Optional<LoadAttempt> lastAttempt();

  /**
   * Calls the listener with each configuration that comes into force, and at once with the one in
   * force. Calls never overlap and are in order; a listener returns soon and hands longer work to a
   * thread of its own.
   *
   * @return ends the subscription; after {@code close} returns the listener is not called any more
   */
  Subscription subscribe(Consumer<PrometheusConfig> listener);

  /** A subscription that can be ended. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
