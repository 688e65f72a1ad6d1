package io.narthex.storage.internal.append;

import io.narthex.api.model.Labels;
import io.narthex.storage.internal.series.Series;
import org.jspecify.annotations.Nullable;

/**
 * What an appender knows of a series. {@code stamp} says for which pass over a transaction the last
 * three fields hold.
 */
final class Slot {
  final Labels labels;
  @Nullable Series series;
  long stamp;
  long time;
  long bits;
  int ref;

  Slot(Labels labels) {
    this.labels = labels;
  }
}
