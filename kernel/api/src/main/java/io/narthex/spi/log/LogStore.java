package io.narthex.spi.log;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Keeps durable logs, each under a name. What is in a document is its owner's business. May be used
 * from any thread.
 */
@ConsumerType
public interface LogStore {
  /**
   * Opens a log and begins a new epoch in it; makes it if there is none. A name can be open once.
   *
   * @param name of lower-case letters, digits and {@code -}
   * @throws io.narthex.api.error.NarthexException with a code of {@link LogErrors}
   */
  DurableLog open(String name);
}
