package io.narthex.storage.internal.keyed;

import io.narthex.api.error.NarthexException;
import io.narthex.spi.log.DurableLog;
import io.narthex.spi.log.LogErrors;
import io.narthex.spi.log.Position;
import io.narthex.spi.state.KeyedLog;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A keyed log on a {@link DurableLog}. All keys are written again when the log is opened and when
 * most of it is overwritten values, and what lies before is let go; so the log stays within a few
 * times the size of what it keeps. Guarded by its monitor.
 */
final class LogBackedKeys implements KeyedLog {
  private static final Logger logger = LoggerFactory.getLogger(LogBackedKeys.class);

  /** Below this many bytes written since the keys were last rewritten, nothing is gained by it. */
  private static final long MIN_REWRITE_BYTES = 4 << 20;

  private static final int REWRITE_FACTOR = 4;

  private final String name;
  private final DurableLog log;

  /** How many bytes the value of each key has. */
  private final Map<String, Integer> sizes = new HashMap<>();

  private long liveBytes;
  private long writtenBytes;

  /** What was read at the opening; handed over to the first who asks. */
  private @Nullable KeyedContents opened;

  private final Consumer<KeyedLog> whenClosed;
  private boolean closed;

  /** Takes over a log that was just opened. */
  LogBackedKeys(String name, DurableLog log, Consumer<KeyedLog> whenClosed) {
    this.name = name;
    this.log = log;
    this.whenClosed = whenClosed;
    KeyedContents contents = KeyedContents.read(log);
    contents.values().forEach((key, value) -> count(key, value.length));
    opened = contents;
    rewriteOrKeep(contents);
  }

  @Override
  public synchronized List<String> read(BiConsumer<String, byte[]> reader) {
    checkOpen();
    KeyedContents contents = opened == null ? KeyedContents.read(log) : opened;
    opened = null;
    contents.values().forEach(reader);
    return List.copyOf(contents.problems());
  }

  @Override
  public synchronized void put(String key, byte[] value) {
    checkOpen();
    checkSize("a key", key.getBytes(StandardCharsets.UTF_8).length, MAX_KEY_BYTES);
    checkSize("a value", value.length, MAX_VALUE_BYTES);
    opened = null;
    write(key, value);
    count(key, value.length);
    rewriteIfWorthIt();
  }

  @Override
  public synchronized void remove(String key) {
    checkOpen();
    if (sizes.containsKey(key)) {
      opened = null;
      append(KeyedDocument.removal(key));
      liveBytes -= sizes.remove(key);
      rewriteIfWorthIt();
    }
  }

  /** The epoch: each opening begins another. */
  @Override
  public long fence() {
    return log.epoch();
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      log.close();
      whenClosed.accept(this);
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new NarthexException(
          LogErrors.CLOSED, "the keyed log \"%s\" is closed".formatted(name));
    }
  }

  private static void checkSize(String what, int bytes, int limit) {
    if (bytes > limit) {
      throw new NarthexException(
          LogErrors.DOCUMENT_SIZE,
          "%s of a keyed log has at most %d bytes, got %d".formatted(what, limit, bytes));
    }
  }

  private void count(String key, int bytes) {
    Integer before = sizes.put(key, bytes);
    liveBytes += bytes - (before == null ? 0 : before);
  }

  private void rewriteIfWorthIt() {
    if (writtenBytes > MIN_REWRITE_BYTES && writtenBytes > REWRITE_FACTOR * liveBytes) {
      rewriteOrKeep(null);
    }
  }

  /**
   * Writes all keys anew and lets go what lies before. What cannot be read whole is left as it is,
   * to be read another time or repaired; and if the disk takes no copy, the documents before stay:
   * so nothing is lost by a failure, and none gets out of here.
   *
   * @param known what the log holds; null: it is read
   */
  private void rewriteOrKeep(@Nullable KeyedContents known) {
    writtenBytes = 0;
    try {
      Position before = log.end(0);
      if (before.equals(Position.start(0))) {
        return;
      }
      KeyedContents contents = known == null ? KeyedContents.read(log) : known;
      if (!contents.problems().isEmpty()) {
        kept(String.join("; ", contents.problems()));
        return;
      }
      contents.values().forEach(this::write);
      log.sync();
      log.trim(before);
    } catch (NarthexException e) {
      kept(String.valueOf(e.getMessage()));
    }
  }

  private void kept(String reason) {
    logger
        .atWarn()
        .addKeyValue("log", name)
        .addKeyValue("err", reason)
        .log("the keys could not be written anew; the older files stay");
  }

  private void write(String key, byte[] value) {
    int offset = 0;
    do {
      int end = Math.min(value.length, offset + KeyedDocument.MAX_PART_BYTES);
      append(new KeyedDocument(key, value.length, offset, Arrays.copyOfRange(value, offset, end)));
      offset = end;
    } while (offset < value.length);
  }

  private void append(KeyedDocument document) {
    try {
      log.append(0, document.encode()).toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof NarthexException known
          ? known
          : new NarthexException(LogErrors.WRITE, String.valueOf(e.getMessage()), e);
    }
    writtenBytes += document.part().length;
  }
}
