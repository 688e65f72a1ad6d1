package io.narthex.api.readiness;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Says whether a part does its work. Registered as a service by each part that the server needs to
 * be ready ({@code config}, {@code storage}, {@code scrape} …); {@code /-/ready} lists the parts
 * that are missing and the reasons of those that are not ready. Called from any thread, often;
 * quick, never blocks.
 */
@ConsumerType
public interface ReadinessCheck {
  /** The part's name, for example {@code storage}. */
  String part();

  /** Why the part is not ready, for people; empty if it is. */
  Optional<String> notReady();
}
