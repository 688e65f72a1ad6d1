package io.narthex.pushgateway.internal.intake;

import io.narthex.pushgateway.internal.exposition.MetricFamily;
import java.util.List;

/**
 * What a body says.
 *
 * @param families by different names, in the order of the body
 * @param timestamped whether any metric has a time of its own
 */
public record ParsedPush(List<MetricFamily> families, boolean timestamped) {
  /** Keeps a copy of the families. */
  public ParsedPush {
    families = List.copyOf(families);
  }
}
