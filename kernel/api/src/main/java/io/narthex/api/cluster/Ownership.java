package io.narthex.api.cluster;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Says whether this process is the one to scrape a target, evaluate a rule group, notify for an
 * alert group. With a single process it owns everything. May be used from any thread; cheap enough
 * to ask each time.
 */
@ProviderType
public interface Ownership {
  /**
   * Whether this process owns the thing now.
   *
   * @param kind for example {@code target}
   * @param key tells the things of a kind apart, the same in every process
   */
  boolean owns(String kind, String key);

  /** Grows with every change of who owns what. */
  long epoch();

  /** Calls the listener after each change, on a thread of the runtime; it returns soon. */
  AutoCloseable onChange(Runnable listener);
}
