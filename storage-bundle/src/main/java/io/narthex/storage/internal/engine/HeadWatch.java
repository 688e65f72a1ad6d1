package io.narthex.storage.internal.engine;

import io.narthex.api.time.Clock;
import io.narthex.storage.internal.append.HeadRoom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator, as long as it lasts, that the head refuses new series or drops samples before
 * their time. It is asked now and then, so that what it tells of costs nothing more. May be used
 * from any thread.
 */
final class HeadWatch {
  private static final Logger logger = LoggerFactory.getLogger(HeadWatch.class);

  static final String REFUSING = "storage/head-refuses-series";
  static final String DROPPING = "storage/head-drops-samples";

  /** So long after the last refusal a notification goes; a full head drops only now and then. */
  static final long REFUSING_MILLIS = 5 * 60 * 1000;

  static final long DROPPING_MILLIS = 6 * 60 * 60 * 1000;

  private final HeadRoom room;
  private final Clock clock;
  private final Trouble refusing = new Trouble(REFUSING, REFUSING_MILLIS);
  private final Trouble dropping = new Trouble(DROPPING, DROPPING_MILLIS);
  private final Notices notices;

  /** One trouble, by a counter that grows while it lasts. */
  private static final class Trouble {
    final String id;
    final long lastsMillis;
    long count;
    long last;
    @Nullable String text;

    Trouble(String id, long lastsMillis) {
      this.id = id;
      this.lastsMillis = lastsMillis;
    }
  }

  HeadWatch(HeadRoom room, Clock clock, Notices notices) {
    this.room = room;
    this.clock = clock;
    this.notices = notices;
  }

  /** Looks how it is now. */
  synchronized void look() {
    look(
        refusing,
        room.refusedSeries(),
        "The head refuses new series: series take as much memory as they may, %d bytes. Series that exist go on. See --%s."
            .formatted(room.seriesLimit(), StorageFlags.HEAD_BYTES));
    look(
        dropping,
        room.droppedChunks(),
        "The head drops the oldest samples before the retention time, to stay within %d bytes. See --%s."
            .formatted(room.limit(), StorageFlags.HEAD_BYTES));
  }

  private void look(Trouble trouble, long count, String text) {
    long now = clock.monotonicNanos() / 1_000_000;
    if (count > trouble.count) {
      trouble.last = now;
      update(trouble, count, text);
    } else if (trouble.text != null && now - trouble.last > trouble.lastsMillis) {
      update(trouble, count, null);
    }
  }

  private void update(Trouble trouble, long count, @Nullable String text) {
    boolean isNew = text != null && trouble.text == null;
    trouble.count = count;
    trouble.text = text;
    if (text == null) {
      notices.withdraw(trouble.id);
    } else if (isNew) {
      logger.atWarn().addKeyValue("count", count).log(text);
      notices.show(trouble.id, text);
    }
  }
}
