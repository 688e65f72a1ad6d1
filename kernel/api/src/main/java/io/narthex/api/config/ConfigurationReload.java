package io.narthex.api.config;

import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/** Loads the configuration anew. May be used from any thread. */
@ProviderType
public interface ConfigurationReload {
  /**
   * Reads the files again and puts them in force if nothing is wrong with them; else what is in
   * force stays. So does each {@link CompanionConfiguration} by itself. Attempts come one after the
   * other.
   *
   * @return how it went, the companions included, once each {@link ConfigurationFollower} acts by
   *     what is in force now; if something is wrong the last of the problems says what was loaded
   *     all the same, if anything was. Never fails
   */
  CompletableFuture<LoadAttempt> reload();
}
