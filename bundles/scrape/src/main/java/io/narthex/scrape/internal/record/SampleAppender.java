package io.narthex.scrape.internal.record;

import io.narthex.api.model.Labels;
import io.narthex.api.storage.AppendOutcome;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Exemplar;
import io.narthex.scrape.internal.fetch.ByteSink;
import io.narthex.scrape.internal.text.ExpositionException;
import io.narthex.scrape.internal.text.ExpositionReader;

/** Appends the samples of an exposition. Not safe for use by several threads. */
final class SampleAppender {
  private static final String SAMPLE_LIMIT = "sample limit exceeded";

  private final KnownSeries known;
  private final SeriesTable table;
  private final ScrapeCounts counts;
  private final boolean honorTimestamps;
  private final boolean trackOwnTimes;
  private final long sampleLimit;
  private long appended;

  SampleAppender(KnownSeries known, SeriesRules rules, ScrapeCounts counts) {
    this.known = known;
    this.table = known.table;
    this.counts = counts;
    this.honorTimestamps = rules.options().honorTimestamps();
    this.trackOwnTimes = rules.options().trackTimestampsStaleness();
    long limit = rules.options().limits().samples();
    this.sampleLimit = limit == 0 ? Long.MAX_VALUE : limit;
  }

  /**
   * Appends all samples.
   *
   * @param time of samples without a time of their own
   * @param latest what is later is refused
   * @throws ExpositionException if the text is not what the format demands
   * @throws SeriesRejectedException if a series may not be stored, or there are too many samples
   */
  void append(Appender open, ExpositionReader reader, ByteSink body, long time, long latest)
      throws ExpositionException, SeriesRejectedException {
    appended = 0;
    reader.start(body.array(), body.length());
    try {
      appendAll(open, reader, body.array(), time, latest);
    } finally {
      reader.release();
    }
    if (isLimitExceeded()) {
      throw new SeriesRejectedException(SAMPLE_LIMIT);
    }
  }

  private void appendAll(
      Appender open, ExpositionReader reader, byte[] buffer, long time, long latest)
      throws ExpositionException, SeriesRejectedException {
    while (reader.next(table.expectedHash(), table.expectedLength())) {
      counts.scraped++;
      int entry =
          reader.expectedStood()
              ? table.takeExpected()
              : table.find(buffer, reader.seriesStart(), reader.seriesEnd());
      if (entry == SeriesTable.NONE || table.slot(entry) == SeriesTable.NONE) {
        entry = learn(open, reader, buffer, entry);
      }
      if (entry != SeriesTable.NONE) {
        append(open, reader, entry, time, latest);
      }
    }
  }

  /** Whether there were more samples than there may be. */
  boolean isLimitExceeded() {
    return appended > sampleLimit;
  }

  private void append(Appender open, ExpositionReader reader, int entry, long time, long latest) {
    boolean again = table.see(entry);
    int slot = table.slot(entry);
    if (slot == SeriesTable.DROPPED) {
      return;
    }
    counts.kept++;
    boolean ownTime = honorTimestamps && reader.hasTimestamp();
    if (again && !ownTime) {
      counts.duplicates++;
      return;
    }
    if (++appended > sampleLimit) {
      return;
    }
    long at = ownTime ? reader.timestamp() : time;
    if (count(at > latest ? AppendOutcome.OUT_OF_BOUNDS : append(open, reader, slot, at))) {
      if (table.accept(entry, !ownTime || trackOwnTimes)) {
        counts.seriesAdded++;
      }
      if (reader.hasExemplar()) {
        appendExemplar(open, reader, slot, at);
      }
    }
  }

  private static AppendOutcome append(Appender open, ExpositionReader reader, int slot, long at) {
    int decimals = reader.decimals();
    return decimals >= 0
        ? open.append(slot, at, reader.value(), reader.mantissa(), decimals)
        : open.append(slot, at, reader.value());
  }

  private boolean count(AppendOutcome outcome) {
    switch (outcome) {
      case ACCEPTED, ALREADY_THERE -> {
        return true;
      }
      case OUT_OF_ORDER -> counts.outOfOrder++;
      case DUPLICATE_TIMESTAMP -> counts.duplicates++;
      case OUT_OF_BOUNDS, TOO_OLD -> counts.outOfBounds++;
    }
    return false;
  }

  /**
   * Makes the series of a text that is new to the target, or of a known one that is new to the
   * appender.
   *
   * @return its entry, {@link SeriesTable#NONE} if its sample is not appended
   */
  private int learn(Appender open, ExpositionReader reader, byte[] buffer, int entry)
      throws ExpositionException, SeriesRejectedException {
    counts.slowLines++;
    Labels labels = known.labels(reader.labels());
    int slot = SeriesTable.DROPPED;
    if (labels != null) {
      // What the limit refuses anyway must not make a series.
      if (entry == SeriesTable.NONE && appended >= sampleLimit) {
        counts.kept++;
        appended++;
        return SeriesTable.NONE;
      }
      slot = known.slot(open, labels);
      if (slot == SeriesTable.NONE) {
        counts.kept++;
        counts.seriesRefused++;
        return SeriesTable.NONE;
      }
    }
    int made =
        entry == SeriesTable.NONE
            ? table.add(buffer, reader.seriesStart(), reader.seriesEnd(), reader.type())
            : entry;
    table.slot(made, slot);
    return made;
  }

  private void appendExemplar(Appender open, ExpositionReader reader, int slot, long at) {
    long hash = reader.exemplarHash();
    if (known.exemplars.isLatest(slot, hash)) {
      return;
    }
    long time = reader.hasExemplarTimestamp() ? reader.exemplarTimestamp() : at;
    Exemplar exemplar = new Exemplar(reader.exemplarLabels(), reader.exemplarValue(), time);
    switch (open.exemplar(slot, exemplar)) {
      case ACCEPTED, ALREADY_THERE, LABELS_TOO_LONG, NOT_KEPT -> known.exemplars.set(slot, hash);
      case OUT_OF_ORDER -> counts.exemplarsOutOfOrder++;
    }
  }
}
