package io.narthex.scrape.internal.record;

import io.narthex.api.error.NarthexException;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Storage;
import io.narthex.api.storage.StorageErrors;
import io.narthex.api.target.MetricMetadata;
import io.narthex.api.target.Target;
import io.narthex.api.time.Clock;
import io.narthex.scrape.internal.fetch.ByteSink;
import io.narthex.scrape.internal.format.Exposition;
import io.narthex.scrape.internal.text.ExpositionException;
import io.narthex.scrape.internal.text.ExpositionReader;
import io.narthex.scrape.internal.text.FamilyMetadata;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Turns what a target exposed into one transaction a scrape: its samples, stale markers for what it
 * no longer exposes, and the series about the scrape itself. A scrape that fails stores nothing but
 * stale markers and {@code up} 0.
 *
 * <p>As upstream, a scrape that fails half-way ends only the series that did not come before the
 * failure; the others end when they do not come in the next one either.
 *
 * <p>Holds the target's appender, and opens another when the storage is another; known texts then
 * get new slots as they come. Methods may be called from any thread, one waits for the other.
 */
public final class TargetRecorder implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(TargetRecorder.class);

  /** Samples further ahead are refused (upstream: maxAheadTime). */
  private static final long MAX_AHEAD_MILLIS = 10 * 60 * 1000;

  private final Target target;
  private final AppendSource source;
  private final RecordMetrics metrics;
  private final Clock clock;
  private final FamilyMetadata metadata;
  private final Exposition exposition;
  private final KnownSeries known;
  private final ReportSeries report;
  private final ScrapeCounts counts = new ScrapeCounts();
  private final SampleAppender samples;

  /** What the target had under rules before a reload, until the next scrape has ended it. */
  private final List<KnownSeries> former;

  private @Nullable ExpositionReader reader;
  private @Nullable Storage storage;
  private @Nullable Appender appender;
  private boolean closed;

  /**
   * A recorder of a target that was not scraped before.
   *
   * @param rules are those of the target's options
   */
  public TargetRecorder(
      Target target, AppendSource source, SeriesRules rules, RecordMetrics metrics, Clock clock) {
    this(
        target,
        source,
        rules,
        metrics,
        clock,
        new FamilyMetadata(),
        new KnownSeries(rules, target.labels()),
        new ReportSeries(target),
        List.of());
  }

  private TargetRecorder(
      Target target,
      AppendSource source,
      SeriesRules rules,
      RecordMetrics metrics,
      Clock clock,
      FamilyMetadata metadata,
      KnownSeries known,
      ReportSeries report,
      List<KnownSeries> former) {
    if (!rules.options().equals(target.options())) {
      throw new IllegalArgumentException("the rules are not made from the target's options");
    }
    this.target = target;
    this.source = source;
    this.metrics = metrics;
    this.clock = clock;
    this.metadata = metadata;
    this.exposition = new Exposition(target.options(), metadata);
    this.known = known;
    this.report = report;
    this.samples = new SampleAppender(known, rules, counts);
    this.former = new ArrayList<>(former);
  }

  /**
   * The recorder for the same target with other options, which takes over all that this one knows
   * and holds; this one is closed. Series that the new rules do not make end with the next scrape.
   *
   * @param changed has the same labels
   */
  public synchronized TargetRecorder successor(Target changed, SeriesRules rules) {
    if (!changed.labels().equals(target.labels())) {
      throw new IllegalArgumentException(
          "a target with labels %s is another than that with %s, whose series it cannot take over"
              .formatted(changed.labels(), target.labels()));
    }
    boolean holds = known.holdsFor(rules);
    List<KnownSeries> ending = new ArrayList<>(former);
    if (!holds) {
      ending.add(known);
    }
    TargetRecorder successor =
        new TargetRecorder(
            changed,
            source,
            rules,
            metrics,
            clock,
            metadata,
            holds ? known : new KnownSeries(rules, changed.labels()),
            report.successor(changed),
            ending);
    successor.storage = storage;
    successor.appender = appender;
    successor.closed = closed;
    storage = null;
    appender = null;
    closed = true;
    return successor;
  }

  /**
   * Records a scrape.
   *
   * @param elapsedNanos how long the scrape has taken so far
   * @return why it failed, or {@code ""}
   * @throws NarthexException with {@link StorageErrors#STOPPED} if nothing was stored because the
   *     storage is going
   */
  public synchronized String record(
      Storage to, long time, Attempt attempt, LongSupplier elapsedNanos) {
    Appender open = open(to);
    begin();
    try {
      String error =
          switch (attempt) {
            case Attempt.Failed failed -> failed.error();
            case Attempt.Answered answer -> append(open, answer, time);
          };
      appendStale(open, time);
      appendReport(open, time, error.isEmpty(), elapsedNanos.getAsLong() / 1e9, attempt.bodySize());
      commit(open);
      endScrape(error.isEmpty() && attempt.bodySize() > 0);
      counts.tell(metrics, target);
      return error;
    } catch (RuntimeException | Error e) {
      abort(e);
      throw e;
    }
  }

  /**
   * Ends all of the target's series, unless they have newer samples: then the target has come back.
   */
  public synchronized void recordEnd(Storage to, long time) {
    Appender open = open(to);
    begin();
    try {
      appendStale(open, time);
      report.appendStale(open, time);
      commit(open);
      endScrape(false);
    } catch (RuntimeException | Error e) {
      abort(e);
      throw e;
    }
  }

  /** What the target says about its metric families, sorted by name. Waits for no scrape. */
  public List<MetricMetadata> metadata() {
    return metadata.list();
  }

  /** Gives the appender back if it is one of this storage. */
  public synchronized void release(Storage going) {
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
      known.forgetSlots();
      former.forEach(KnownSeries::forgetSlots);
      report.forgetSlots();
    }
    return open;
  }

  private void begin() {
    counts.clear();
    reader = null;
    known.table.beginScrape();
    for (KnownSeries old : former) {
      old.table.beginScrape();
    }
  }

  /** Nothing was stored, so nothing has come or gone. */
  private void abort(Throwable e) {
    known.table.abortScrape();
    known.exemplars.clear();
    for (KnownSeries old : former) {
      old.table.abortScrape();
    }
    metadata.endScrape(false);
    if (e instanceof NarthexException n && n.code().equals(StorageErrors.STOPPED)) {
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
      // Of a disk without room storage tells once, not for each scrape.
      boolean isKnown = e.code().equals(StorageErrors.NO_ROOM);
      logger
          .atLevel(isKnown ? Level.DEBUG : Level.ERROR)
          .addKeyValue("scrape_pool", target.pool())
          .addKeyValue("target", target.endpoint())
          .addKeyValue("err", e.getMessage())
          .log("scrape commit failed");
    }
  }

  private String append(Appender open, Attempt.Answered answer, long time) {
    // As upstream: an empty answer is a good one, whatever its type.
    if (answer.body().length() == 0) {
      return "";
    }
    try {
      ExpositionReader chosen = exposition.reader(answer.contentType());
      reader = chosen;
      appendSamples(open, chosen, answer.body(), time);
      return "";
    } catch (LabelLimitException e) {
      metrics.exceededLabelLimits.inc();
      return undo(open, e);
    } catch (ExpositionException | SeriesRejectedException e) {
      return undo(open, e);
    }
  }

  private void appendSamples(Appender open, ExpositionReader chosen, ByteSink body, long time)
      throws ExpositionException, SeriesRejectedException {
    try {
      samples.append(open, chosen, body, time, clock.wallMillis() + MAX_AHEAD_MILLIS);
    } finally {
      if (samples.isLimitExceeded()) {
        metrics.exceededSampleLimit.inc();
      }
    }
  }

  private String undo(Appender open, Exception failure) {
    open.rollback();
    known.exemplars.clear();
    return String.valueOf(failure.getMessage());
  }

  private void appendStale(Appender open, long time) {
    if (known.table.hasGone() || !former.isEmpty()) {
      BitSet current = known.current();
      known.appendStale(open, time, current);
      for (KnownSeries old : former) {
        old.appendStale(open, time, current);
      }
    }
  }

  /** What came in this scrape is what the next is compared with. */
  private void endScrape(boolean good) {
    former.clear();
    report.endScrape();
    metadata.endScrape(good);
    if (known.endScrape(good, reader)) {
      metrics.cacheFlushes.inc();
    }
    if (known.hasOutgrownItsAppender()) {
      releaseAppender();
    }
  }

  /** A storage without room for a few more series is no reason to lose those that exist. */
  private void appendReport(Appender open, long time, boolean up, double seconds, long size) {
    try {
      report.append(open, time, up, seconds, counts, size);
    } catch (NarthexException e) {
      if (!e.code().equals(StorageErrors.SERIES_LIMIT)) {
        throw e;
      }
      counts.seriesRefused++;
    }
  }
}
