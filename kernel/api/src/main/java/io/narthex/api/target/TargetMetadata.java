package io.narthex.api.target;

import java.util.List;

/** What a target says about its metric families, sorted by name. */
public record TargetMetadata(Target target, List<MetricMetadata> families) {
  /** Copies the list. */
  public TargetMetadata {
    families = List.copyOf(families);
  }
}
