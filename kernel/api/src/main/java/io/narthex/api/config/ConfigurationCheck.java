package io.narthex.api.config;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Has a say before a configuration comes into force. Registered as a service by a bundle that acts
 * on a part of it; all that are there are asked. One that comes later is asked about what is in
 * force already: what it finds then ends a server that is still starting, and is an error of the
 * last load of one that runs. Called by one thread at a time, which may be one that registers the
 * service; returns within a second or so.
 */
@ConsumerType
public interface ConfigurationCheck {
  /**
   * What is wrong with the configuration, each as {@code file:line:column: message} with what would
   * be right; empty: nothing.
   */
  List<String> check(PrometheusConfig candidate);
}
