package io.narthex.spi.notify.support;

import io.narthex.api.model.Labels;
import java.util.List;

/** What several label sets, or sets of annotations, have in common. */
public final class CommonLabels {
  private CommonLabels() {}

  /** The names that have the same value in all the sets, with it; empty without sets. */
  public static Labels of(List<Labels> sets) {
    if (sets.isEmpty()) {
      return Labels.EMPTY;
    }
    Labels common = sets.getFirst();
    for (Labels other : sets.subList(1, sets.size())) {
      Labels left = common;
      common = left.filter(name -> other.get(name).equals(left.get(name)));
      if (common.isEmpty()) {
        break;
      }
    }
    return common;
  }
}
