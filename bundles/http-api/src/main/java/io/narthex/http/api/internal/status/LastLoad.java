package io.narthex.http.api.internal.status;

import io.narthex.api.config.CurrentConfiguration;
import io.narthex.api.config.LoadAttempt;
import io.narthex.api.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * When the configuration in force was loaded, and whether the last attempt to load one went well.
 */
final class LastLoad implements AutoCloseable {
  private final CurrentConfiguration configuration;
  private final CurrentConfiguration.Subscription subscription;
  private volatile Instant published = Instant.EPOCH;

  LastLoad(CurrentConfiguration configuration, Clock clock) {
    this.configuration = configuration;
    this.subscription =
        configuration.subscribe(ignored -> published = Instant.ofEpochMilli(clock.wallMillis()));
    // The first call may have told of a configuration that was loaded before.
    successful().ifPresent(attempt -> published = attempt.time());
  }

  private Optional<LoadAttempt> successful() {
    return configuration.lastAttempt().filter(LoadAttempt::isSuccessful);
  }

  /** Whether the last attempt went well. */
  boolean isSuccessful() {
    return configuration
        .lastAttempt()
        .map(LoadAttempt::isSuccessful)
        .orElseGet(() -> configuration.get().isPresent());
  }

  /** When what is in force was loaded; 1970 before the first. */
  Instant time() {
    return successful().map(LoadAttempt::time).orElse(published);
  }

  @Override
  public void close() {
    subscription.close();
  }
}
