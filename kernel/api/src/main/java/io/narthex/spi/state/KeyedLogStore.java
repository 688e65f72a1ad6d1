package io.narthex.spi.state;

import org.osgi.annotation.versioning.ConsumerType;

/** Keeps keyed logs, each under a name. May be used from any thread. */
@ConsumerType
public interface KeyedLogStore {
  /**
   * Opens a keyed log; makes it if there is none. A name can be open once.
   *
   * @param name of lower-case letters, digits and {@code -}
   * @throws io.narthex.api.error.NarthexException with a code of {@link
   *     io.narthex.spi.log.LogErrors}
   */
  KeyedLog open(String name);
}
