package io.narthex.api.config;

import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;

/** Loads the configuration anew. May be used from any thread. */
@ProviderType
public interface ConfigurationReload {
  /**
   * Reads the files again and puts them in force if nothing is wrong with them; else what is in
   * force stays. Attempts come one after the other.
   *
   * @return how it went; never fails
   */
  CompletableFuture<LoadAttempt> reload();
}
