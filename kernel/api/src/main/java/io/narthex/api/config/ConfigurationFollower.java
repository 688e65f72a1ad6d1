package io.narthex.api.config;

import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Is waited for at a reload. Registered as a service by a bundle that brings a part of the
 * configuration to effect on threads of its own, where who asked for the reload must find that part
 * changed once the answer is there. May be called from any thread.
 */
@ConsumerType
public interface ConfigurationFollower {
  /**
   * Called after a reload has put a configuration in force, and after the subscribers of {@link
   * CurrentConfiguration} have heard of it. Returns at once.
   *
   * @return completes once the bundle acts by that configuration, or by a later one, or cannot for
   *     now; soon, and when the bundle stops. The reload goes on after a while without it
   */
  CompletableFuture<Void> follow(PrometheusConfig inForce);
}
