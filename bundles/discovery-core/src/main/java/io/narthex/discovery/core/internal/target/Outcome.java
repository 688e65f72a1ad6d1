package io.narthex.discovery.core.internal.target;

import io.narthex.api.model.Labels;
import io.narthex.api.target.Target;

/** What became of a target that was found. */
sealed interface Outcome {
  /**
   * It is scraped.
   *
   * @param identity its labels with the hidden ones that say how it is scraped: of those that have
   *     the same, one is scraped
   */
  record Kept(Target target, Labels identity) implements Outcome {}

  /** Relabelling dropped it. */
  record Dropped(Labels discovered) implements Outcome {}

  /** It cannot be scraped. */
  record Bad(Labels discovered, String problem) implements Outcome {}
}
