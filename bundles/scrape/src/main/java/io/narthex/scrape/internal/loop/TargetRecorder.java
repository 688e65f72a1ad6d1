package io.narthex.scrape.internal.loop;

import io.narthex.api.error.NarthexException;
import io.narthex.api.metrics.Counter;
import io.narthex.api.model.StaleMarker;
import io.narthex.api.storage.AppendOutcome;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Storage;
import io.narthex.api.storage.StorageErrors;
import io.narthex.api.target.Target;
import io.narthex.api.time.Clock;
import io.narthex.scrape.internal.fetch.ByteSink;
import io.narthex.scrape.internal.fetch.ContentType;
import io.narthex.scrape.internal.fetch.FetchException;
import io.narthex.scrape.internal.text.ExpositionException;
import io.narthex.scrape.internal.text.RawLabels;
import io.narthex.scrape.internal.text.TextReader;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what a target exposed into one transaction a scrape: its samples, stale markers for what it
 * no longer exposes, and the series about the scrape itself. A scrape that fails stores nothing but
 * stale markers and {@code up} 0.
 *
 * <p>Holds the target's appender, and opens another when the storage is another; known texts then
 * get new slots as they come. Methods may be called from any thread, one waits for the other.
 */
final class TargetRecorder implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(TargetRecorder.class);

  /** Samples further ahead are refused (upstream: maxAheadTime). */
  private static final long MAX_AHEAD_MILLIS = 10 * 60 * 1000;

  private final Target target;
  private final AppendSource source;
  private final ScrapeMetrics metrics;
  private final Clock clock;
  private final TextReader reader = new TextReader();
  private final TextReader seriesReader = new TextReader();
  private final SeriesTable table = new SeriesTable();
  private final StaleTracker tracker = new StaleTracker();
  private final ReportSeries report;
  private final ScrapeCounts counts = new ScrapeCounts();
  private @Nullable Storage storage;
  private @Nullable Appender appender;
  private boolean closed;

  TargetRecorder(Target target, AppendSource source, ScrapeMetrics metrics, Clock clock) {
    this.target = target;
    this.source = source;
    this.metrics = metrics;
    this.clock = clock;
    this.report = new ReportSeries(target.labels());
  }

  /**
   * Records a scrape.
   *
   * @param elapsedNanos how long the scrape has taken so far
   * @return why it failed, or {@code ""}
   * @throws NarthexException with {@link StorageErrors#STOPPED} if nothing was stored because the
   *     storage is going
   */
  synchronized String record(Storage to, long time, Attempt attempt, LongSupplier elapsedNanos) {
    try {
      Appender open = open(to);
      counts.clear();
      String error =
          switch (attempt) {
            case Attempt.Failed failed -> failed.error();
            case Attempt.Answered answer -> append(open, answer, time);
          };
      appendStale(open, time);
      appendReport(open, time, error.isEmpty(), elapsedNanos.getAsLong() / 1e9);
      commit(open);
      endScrape(
          attempt instanceof Attempt.Answered answer
              && error.isEmpty()
              && answer.body().length() > 0);
      count();
      return error;
    } catch (NarthexException e) {
      abort(e);
      throw e;
    }
  }

  /**
   * Ends all of the target's series, unless they have newer samples: then the target has come back.
   */
  synchronized void recordEnd(Storage to, long time) {
    try {
      Appender open = open(to);
      appendStale(open, time);
      report.appendStale(open, time);
      commit(open);
      endScrape(false);
    } catch (NarthexException e) {
      abort(e);
      throw e;
    }
  }

  /** Gives the appender back if it is one of this storage. */
  synchronized void release(Storage going) {
    if (storage == going) {
      releaseAppender();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    releaseAppender();
  }

  private void releaseAppender() {
    Appender open = appender;
    appender = null;
    storage = null;
    if (open != null) {
      open.close();
    }
  }

  private Appender open(Storage to) {
    Appender open = appender;
    if (closed) {
      throw new NarthexException(StorageErrors.STOPPED, "the target is no longer scraped");
    }
    if (open == null || storage != to) {
      releaseAppender();
      open = to.appender(source);
      appender = open;
      storage = to;
      table.forgetSlots();
      tracker.forgetSlots();
      report.forgetSlots();
    }
    return open;
  }

  private void abort(NarthexException e) {
    tracker.forgetCurrent();
    if (e.code().equals(StorageErrors.STOPPED)) {
      releaseAppender();
    } else if (appender != null) {
      appender.rollback();
    }
  }

  private void commit(Appender open) {
    try {
      open.commit();
    } catch (NarthexException e) {
      if (e.code().equals(StorageErrors.STOPPED)) {
        throw e;
      }
      metrics.commitFailures.inc();
      logger
          .atError()
          .addKeyValue("scrape_pool", target.pool())
          .addKeyValue("target", target.endpoint())
          .addKeyValue("err", e.getMessage())
          .log("scrape commit failed");
    }
  }

  private String append(Appender open, Attempt.Answered answer, long time) {
    try {
      // As upstream: an empty answer is a good one, whatever its type.
      if (answer.body().length() > 0) {
        ContentType.requireText(answer.contentType());
        table.beginScrape();
        appendSamples(open, answer.body(), time);
      }
      return "";
    } catch (ExpositionException | FetchException e) {
      open.rollback();
      tracker.forgetCurrent();
      return String.valueOf(e.getMessage());
    }
  }

  private void appendSamples(Appender open, ByteSink body, long time) throws ExpositionException {
    long latest = clock.wallMillis() + MAX_AHEAD_MILLIS;
    reader.start(body.array(), body.length());
    while (reader.next(table.expected())) {
      counts.scraped++;
      boolean ownTime = target.honorTimestamps() && reader.hasTimestamp();
      int known =
          reader.expectedStood()
              ? table.takeExpected()
              : table.find(body.array(), reader.seriesStart(), reader.seriesEnd());
      int entry = known == SeriesTable.NONE ? addSeries(open, body.array()) : known;
      counts.kept++;
      if (entry == SeriesTable.NONE) {
        counts.seriesRefused++;
        continue;
      }
      if (table.see(entry) && !ownTime) {
        counts.duplicates++;
        continue;
      }
      int slot = slot(open, entry);
      long at = ownTime ? reader.timestamp() : time;
      boolean accepted =
          count(at > latest ? AppendOutcome.OUT_OF_BOUNDS : open.append(slot, at, reader.value()));
      if (accepted) {
        counts.seriesAdded += known == SeriesTable.NONE ? 1 : 0;
        if (!ownTime) {
          tracker.track(entry, slot);
        }
      }
    }
  }

  private boolean count(AppendOutcome outcome) {
    switch (outcome) {
      case ACCEPTED, ALREADY_THERE -> {
        return true;
      }
      case OUT_OF_ORDER -> counts.outOfOrder++;
      case DUPLICATE_TIMESTAMP -> counts.duplicates++;
      case OUT_OF_BOUNDS -> counts.outOfBounds++;
    }
    return false;
  }

  /** The entry of a new series, or {@link SeriesTable#NONE} if the storage has no room for it. */
  private int addSeries(Appender open, byte[] buffer) throws ExpositionException {
    counts.slowLines++;
    int slot;
    try {
      slot = open.slot(reader.labels().merge(target.labels(), target.honorLabels()));
    } catch (NarthexException e) {
      if (e.code().equals(StorageErrors.SERIES_LIMIT)) {
        return SeriesTable.NONE;
      }
      throw e;
    }
    int entry = table.add(buffer, reader.seriesStart(), reader.seriesEnd(), reader.type());
    table.slot(entry, slot);
    return entry;
  }

  /** The slot of a known text; after the storage was replaced it is made again. */
  private int slot(Appender open, int entry) {
    int slot = table.slot(entry);
    if (slot == SeriesTable.NONE) {
      counts.slowLines++;
      RawLabels sent = seriesReader.parseSeries(table.text(entry), table.type(entry));
      slot = open.slot(sent.merge(target.labels(), target.honorLabels()));
      table.slot(entry, slot);
    }
    return slot;
  }

  private void appendStale(Appender open, long time) {
    for (int i = 0; i < tracker.previousLength(); i++) {
      int slot = slot(open, tracker.previous(i));
      if (!tracker.isCurrent(slot)) {
        open.append(slot, time, StaleMarker.VALUE);
      }
    }
  }

  /** What came in this scrape is what the next is compared with. */
  private void endScrape(boolean good) {
    tracker.swap();
    int[] moved = table.endScrape(good);
    if (moved != null) {
      tracker.renumber(moved);
      if (!good) {
        metrics.cacheFlushes.inc();
      }
    }
  }

  /** A storage without room for five more series is no reason to lose those that exist. */
  private void appendReport(Appender open, long time, boolean up, double seconds) {
    try {
      report.append(open, time, up, seconds, counts);
    } catch (NarthexException e) {
      if (!e.code().equals(StorageErrors.SERIES_LIMIT)) {
        throw e;
      }
      counts.seriesRefused++;
    }
  }

  private void count() {
    add(metrics.outOfOrder, counts.outOfOrder, "error on ingesting out-of-order samples");
    add(
        metrics.duplicateTimestamp,
        counts.duplicates,
        "error on ingesting samples with different value but same timestamp");
    add(
        metrics.outOfBounds,
        counts.outOfBounds,
        "error on ingesting samples that are too old or are too far into the future");
    add(
        metrics.seriesRefused,
        counts.seriesRefused,
        "the storage refused new series: it is full, or a label is longer than 65,535 characters");
    if (counts.slowLines > 0) {
      metrics.slowPathLines.add(counts.slowLines);
    }
  }

  private void add(Counter counter, int number, String message) {
    if (number > 0) {
      counter.add(number);
      logger
          .atWarn()
          .addKeyValue("scrape_pool", target.pool())
          .addKeyValue("target", target.endpoint())
          .addKeyValue("num_dropped", number)
          .log(message);
    }
  }
}
