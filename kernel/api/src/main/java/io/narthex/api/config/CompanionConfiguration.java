package io.narthex.api.config;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A configuration with a file of its own that is loaded again with each reload of the server's,
 * such as that of the Alertmanager. Registered as a service by the bundle that acts on it. Each of
 * the two comes into force or stays as it was by itself; the reload succeeds if both are right. May
 * be called from any thread.
 */
@ConsumerType
public interface CompanionConfiguration {
  /** The file that it is read from, as the command line names it; empty: it has none now. */
  Optional<String> file();

  /**
   * Loads it again and puts it in force if nothing is wrong with it; else what is in force stays.
   * Called after the server's own was loaded or refused. Returns at once.
   *
   * @return how it went; never fails, and completes when the bundle stops
   */
  CompletableFuture<LoadAttempt> reload();
}
