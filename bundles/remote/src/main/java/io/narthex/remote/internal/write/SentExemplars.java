package io.narthex.remote.internal.write;

import io.narthex.api.model.Labels;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Exemplar;
import io.narthex.api.storage.ExemplarOutcome;
import io.narthex.remote.internal.wire.RefusedRequestException;
import io.narthex.remote.internal.wire.WriteRequestReader;
import java.util.Arrays;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the exemplars of a request. What is wrong with one is counted and no more: as upstream's,
 * a request never fails for an exemplar, unless its bytes are no such message. Not safe for use by
 * several threads.
 */
final class SentExemplars {
  private static final Logger logger = LoggerFactory.getLogger(SentExemplars.class);

  /** More labels than this cannot be within 128 characters, unless they are empty. */
  private static final int MAX_LABELS = 512;

  /** What became of one. */
  enum Fate {
    STORED("stored"),
    ALREADY_THERE("already-there"),
    OUT_OF_ORDER("out-of-order"),
    LABELS_TOO_LONG("labels-too-long"),
    INVALID_LABELS("invalid-labels"),
    TOO_FAR_AHEAD("too-far-ahead"),
    NO_SERIES("no-series"),
    NOT_KEPT("not-kept");

    final String label;

    Fate(String label) {
      this.label = label;
    }

    private static Fate of(ExemplarOutcome outcome) {
      return switch (outcome) {
        case ACCEPTED -> STORED;
        case ALREADY_THERE -> ALREADY_THERE;
        case OUT_OF_ORDER -> OUT_OF_ORDER;
        case LABELS_TOO_LONG -> LABELS_TOO_LONG;
        case NOT_KEPT -> NOT_KEPT;
      };
    }
  }

  private static final Fate[] FATES = Fate.values();

  private final int[] counts = new int[FATES.length];

  void clear() {
    Arrays.fill(counts, 0);
  }

  int stored() {
    return counts[Fate.STORED.ordinal()];
  }

  void forEach(ObjIntConsumer<Fate> consumer) {
    for (Fate fate : FATES) {
      if (counts[fate.ordinal()] > 0) {
        consumer.accept(fate, counts[fate.ordinal()]);
      }
    }
  }

  /**
   * Appends the exemplars of the reader's series.
   *
   * @param slot of the series, or {@link SeriesSlots#NONE} if it has none
   * @param latest those after this time are not stored
   */
  void append(WriteRequestReader reader, byte[] bytes, Appender to, int slot, long latest)
      throws RefusedRequestException {
    if (reader.exemplars() == 0) {
      return;
    }
    while (reader.nextExemplar()) {
      Labels labels = labels(reader, bytes);
      Fate fate;
      if (slot == SeriesSlots.NONE) {
        fate = Fate.NO_SERIES;
      } else if (labels == null) {
        fate = Fate.INVALID_LABELS;
      } else if (reader.timestamp() > latest) {
        fate = Fate.TOO_FAR_AHEAD;
      } else {
        Exemplar exemplar = new Exemplar(labels, reader.value(), reader.timestamp());
        fate = Fate.of(to.exemplar(slot, exemplar));
        logger
            .atDebug()
            .addKeyValue("exemplar", exemplar)
            .addKeyValue("fate", fate.label)
            .log("exemplar received");
      }
      counts[fate.ordinal()]++;
    }
  }

  /** The labels of the reader's exemplar; null if they are not valid. */
  private static @Nullable Labels labels(WriteRequestReader reader, byte[] bytes)
      throws RefusedRequestException {
    Labels.Builder labels = Labels.builder();
    boolean valid = true;
    int read = 0;
    while (reader.nextLabel()) {
      if (++read > MAX_LABELS) {
        valid = false;
        continue;
      }
      String name = SeriesLabels.text(bytes, reader.nameStart(), reader.nameEnd());
      String value = SeriesLabels.text(bytes, reader.valueStart(), reader.valueEnd());
      valid &=
          !name.isEmpty()
              && SeriesLabels.isUtf8(name, bytes, reader.nameStart(), reader.nameEnd())
              && SeriesLabels.isUtf8(value, bytes, reader.valueStart(), reader.valueEnd());
      if (!name.isEmpty()) {
        labels.set(name, value);
      }
    }
    return valid ? labels.build() : null;
  }

  /** Says that some came too late, as upstream does. */
  void log(AppendSource source) {
    int late = counts[Fate.OUT_OF_ORDER.ordinal()];
    if (late > 0) {
      logger
          .atWarn()
          .addKeyValue("source", source.key())
          .addKeyValue("num_dropped", late)
          .log("out-of-order exemplars were not stored");
    }
  }
}
