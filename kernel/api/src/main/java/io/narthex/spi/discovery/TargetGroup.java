package io.narthex.spi.discovery;

import io.narthex.api.model.Labels;
import java.util.List;

/**
 * Targets that come from one place.
 *
 * @param source names the place, within the discovery; never empty
 * @param targets the labels of each target; one of them is {@code __address__}
 * @param labels what all of them have; a target's own label wins
 */
public record TargetGroup(String source, List<Labels> targets, Labels labels) {
  /** Copies the list. */
  public TargetGroup {
    targets = List.copyOf(targets);
  }
}
