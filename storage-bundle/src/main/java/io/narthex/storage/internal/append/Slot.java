package io.narthex.storage.internal.append;

import io.narthex.api.model.Labels;
import io.narthex.storage.internal.series.Series;
import org.jspecify.annotations.Nullable;

/**
 * What an appender knows of a series. {@code stamp} says for which pass over a transaction the
 * fields {@code time}, {@code bits} and {@code ref} hold.
 */
final class Slot {
  /** Those of the series once there is one, so that they are in memory once. */
  Labels labels;

  @Nullable Series series;

  /** How much room is reserved for a new series, in bytes. */
  long reserved;

  /** May wrap around. */
  int stamp;

  int ref;
  long time;
  long bits;

  Slot(Labels labels, @Nullable Series series) {
    this.labels = series == null ? labels : series.labels();
    this.series = series;
  }

  void bind(@Nullable Series to) {
    series = to;
    if (to != null) {
      labels = to.labels();
    }
  }
}
