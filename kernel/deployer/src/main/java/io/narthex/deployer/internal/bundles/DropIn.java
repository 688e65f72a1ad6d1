package io.narthex.deployer.internal.bundles;

import java.util.Optional;

/**
 * A jar of the deploy folder and what became of it.
 *
 * @param file its name there
 * @param bundleId of the bundle made from it, if it could be installed
 * @param sha256 of its content
 * @param problem why it does not run; empty if it does
 */
public record DropIn(
    String file, Optional<Long> bundleId, String sha256, Optional<String> problem) {
  /** Bundles made from drop-ins have locations that begin with this. */
  public static final String LOCATION = "narthex-dropin:";

  DropIn withProblem(String reason) {
    return new DropIn(file, bundleId, sha256, Optional.of(reason));
  }

  DropIn running() {
    return new DropIn(file, bundleId, sha256, Optional.empty());
  }
}
