package io.narthex.remote.internal.write;

import io.narthex.api.error.ErrorKind;
import io.narthex.api.error.NarthexException;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Storage;
import io.narthex.api.storage.StorageErrors;
import io.narthex.api.time.Clock;
import io.narthex.remote.internal.wire.RefusedRequestException;
import io.narthex.remote.internal.wire.SnappyBlock;
import io.narthex.remote.internal.wire.WriteRequestReader;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the requests of some senders one after the other, each as one transaction: what is good in
 * it is kept, what is not is said. Holds an appender and the slots of the series it has seen; when
 * those are too many, both are given up and begun anew. Methods may be called from any thread, one
 * waits for the other.
 */
public final class Lane implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(Lane.class);

  /** Samples further ahead are refused (upstream: maxAheadTime). */
  private static final long MAX_AHEAD_MILLIS = 10 * 60 * 1000;

  /** The slots of an appender may take this much in bytes of labels. */
  private static final long MAX_LABEL_BYTES = 64L * 1024 * 1024;

  private final Supplier<@Nullable Storage> storages;
  private final AppendSource source;
  private final WriteMetrics metrics;
  private final Clock clock;
  private final int maxSlots;
  private final SnappyBlock block = new SnappyBlock();
  private final WriteRequestReader reader = new WriteRequestReader();
  private final SeriesSlots known = new SeriesSlots();
  private final Refusals refusals = new Refusals();
  private final SentExemplars exemplars = new SentExemplars();
  private @Nullable Storage storage;
  private @Nullable Appender appender;
  private int slots;
  private int stored;
  private boolean closed;

  /**
   * A lane without an appender yet.
   *
   * @param storages the storage of the moment
   * @param maxSlots how many series an appender may know before it is replaced
   */
  public Lane(
      Supplier<@Nullable Storage> storages,
      AppendSource source,
      WriteMetrics metrics,
      Clock clock,
      int maxSlots) {
    this.storages = storages;
    this.source = source;
    this.metrics = metrics;
    this.clock = clock;
    this.maxSlots = maxSlots;
  }

  /** Stores a request: the first {@code length} bytes. */
  public synchronized Answer write(byte[] body, int length) {
    Storage to = storages.get();
    if (to == null || closed) {
      return Answer.unavailable("the storage is not there now, send it again later");
    }
    refusals.clear();
    exemplars.clear();
    stored = 0;
    try {
      block.decode(body, length);
      Appender open = open(to);
      append(open);
      if (stored > 0 || exemplars.stored() > 0) {
        open.commit();
      }
      return count();
    } catch (RefusedRequestException e) {
      rollback();
      return new Answer(e.status(), e.text());
    } catch (NarthexException e) {
      return failed(e);
    } catch (RuntimeException | Error e) {
      releaseAppender();
      throw e;
    } finally {
      tidy();
    }
  }

  /** Gives the appender back if it is one of this storage. */
  public synchronized void release(Storage going) {
    if (going.equals(storage)) {
      releaseAppender();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    releaseAppender();
  }

  private Appender open(Storage to) {
    Appender open = appender;
    if (open == null || !to.equals(storage)) {
      releaseAppender();
      open = to.appender(source);
      appender = open;
      storage = to;
    }
    return open;
  }

  private void releaseAppender() {
    Appender open = appender;
    appender = null;
    storage = null;
    slots = 0;
    known.clear();
    if (open != null) {
      open.close();
    }
  }

  private void rollback() {
    if (appender != null) {
      appender.rollback();
    }
  }

  private void tidy() {
    block.trim();
    if (slots >= maxSlots || known.bytes() >= MAX_LABEL_BYTES) {
      releaseAppender();
    }
  }

  private Answer failed(NarthexException e) {
    if (e.code().equals(StorageErrors.STOPPED)) {
      releaseAppender();
      return Answer.unavailable("the storage is stopping, send it again later");
    }
    rollback();
    if (e.code().kind() == ErrorKind.UNAVAILABLE) {
      // Storage has said it once; it will not be so for long, and who sends tries again.
      return Answer.unavailable(String.valueOf(e.getMessage()));
    }
    logger
        .atError()
        .addKeyValue("source", source.key())
        .addKeyValue("err", e.getMessage())
        .log("remote write could not be stored");
    return new Answer(500, String.valueOf(e.getMessage()));
  }

  private void append(Appender open) throws RefusedRequestException {
    long latest = clock.wallMillis() + MAX_AHEAD_MILLIS;
    reader.start(block.array(), block.length());
    while (reader.nextSeries()) {
      int slot = slot(open);
      if (slot != SeriesSlots.NONE) {
        appendSamples(open, slot, latest);
      }
      exemplars.append(reader, block.array(), open, slot, latest);
    }
  }

  /** The slot of the reader's series, or none if it has nothing that could be stored. */
  private int slot(Appender open) throws RefusedRequestException {
    byte[] bytes = block.array();
    if (reader.labelsTogether() && reader.histograms() == 0) {
      int slot = known.find(bytes, reader.labelsStart(), reader.labelsEnd());
      if (slot != SeriesSlots.NONE) {
        return slot;
      }
    }
    return switch (SeriesLabels.read(reader, bytes)) {
      case SeriesLabels.Invalid(Refusal reason, String shown) -> {
        refusals.add(reason, 1, shown);
        yield SeriesSlots.NONE;
      }
      case SeriesLabels.Valid valid -> slot(open, valid);
    };
  }

  private int slot(Appender open, SeriesLabels.Valid valid) throws RefusedRequestException {
    if (reader.histograms() > 0) {
      refuse(Refusal.HISTOGRAM, reader.histograms());
    }
    if (reader.samples() == 0 && reader.exemplars() == 0) {
      return SeriesSlots.NONE;
    }
    int slot;
    try {
      slot = open.slot(valid.labels());
    } catch (NarthexException e) {
      if (!e.code().equals(StorageErrors.SERIES_LIMIT)) {
        throw e;
      }
      if (reader.samples() > 0) {
        refuse(Refusal.SERIES_LIMIT, reader.samples());
      }
      return SeriesSlots.NONE;
    }
    slots = Math.max(slots, slot + 1);
    int from = reader.labelsStart();
    int to = reader.labelsEnd();
    if (reader.labelsTogether() && known.find(block.array(), from, to) == SeriesSlots.NONE) {
      known.add(block.array(), from, to, slot);
    }
    return slot;
  }

  private void appendSamples(Appender open, int slot, long latest) throws RefusedRequestException {
    while (reader.nextSample()) {
      long at = reader.timestamp();
      if (at > latest) {
        refuseSample(Refusal.TOO_FAR_AHEAD);
        continue;
      }
      switch (open.append(slot, at, reader.value())) {
        case ACCEPTED, ALREADY_THERE -> stored++;
        case OUT_OF_ORDER -> refuseSample(Refusal.OUT_OF_ORDER);
        case DUPLICATE_TIMESTAMP -> refuseSample(Refusal.DUPLICATE_TIMESTAMP);
        case TOO_OLD -> refuseSample(Refusal.TOO_OLD);
        case OUT_OF_BOUNDS -> refuseSample(Refusal.OUT_OF_BOUNDS);
      }
    }
  }

  private void refuseSample(Refusal reason) throws RefusedRequestException {
    String what =
        refusals.isFirst(reason)
            ? "%s, timestamp %d"
                .formatted(SeriesLabels.shown(reader, block.array()), reader.timestamp())
            : "";
    refusals.add(reason, 1, what);
  }

  private void refuse(Refusal reason, int count) throws RefusedRequestException {
    String what = refusals.isFirst(reason) ? SeriesLabels.shown(reader, block.array()) : "";
    refusals.add(reason, count, what);
  }

  private Answer count() {
    if (stored > 0) {
      metrics.stored.add(stored);
    }
    if (reader.metadata() > 0) {
      metrics.metadata.add(reader.metadata());
    }
    exemplars.forEach(metrics::exemplars);
    exemplars.log(source);
    if (refusals.isEmpty()) {
      return Answer.STORED;
    }
    refusals.forEach(metrics::refused);
    String text = refusals.text();
    logger
        .atWarn()
        .addKeyValue("source", source.key())
        .addKeyValue("stored", stored)
        .addKeyValue("err", text)
        .log("not all of a remote write was stored");
    return new Answer(400, text);
  }
}
