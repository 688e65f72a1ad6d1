package io.narthex.tck.state;

import io.narthex.api.error.ErrorCode;
import io.narthex.api.error.NarthexException;
import io.narthex.spi.log.LogErrors;
import io.narthex.spi.state.KeyedLog;
import io.narthex.spi.state.KeyedLogStore;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Keyed logs on the heap, for tests of what is built on them. A store made from what another kept
 * stands for the next start. It can be told to fail, and to let another owner take a log over.
 */
public final class InMemoryKeyedLogStore implements KeyedLogStore {
  private final Map<String, Kept> kept;
  private final Map<String, Log> open = new HashMap<>();
  private int failures;

  /** What a log holds over starts. */
  private static final class Kept {
    final Map<String, byte[]> values = new LinkedHashMap<>();
    long fence;
  }

  /** An empty store. */
  public InMemoryKeyedLogStore() {
    this(new HashMap<>());
  }

  private InMemoryKeyedLogStore(Map<String, Kept> kept) {
    this.kept = kept;
  }

  /** The store of the next start. */
  public InMemoryKeyedLogStore next() {
    return new InMemoryKeyedLogStore(kept);
  }

  /** Makes the next writes fail, as if the disk were full. */
  public synchronized void failWrites(int count) {
    failures = count;
  }

  /** Another owner opens a log, somewhere else: who has it open here is fenced off. */
  public synchronized void takeOver(String name) {
    kept.computeIfAbsent(name, unused -> new Kept()).fence++;
  }

  @Override
  public synchronized KeyedLog open(String name) {
    if (!name.matches("[a-z0-9-]+")) {
      throw new NarthexException(LogErrors.OPEN, "no name of a keyed log: \"%s\"".formatted(name));
    }
    if (open.containsKey(name)) {
      throw new NarthexException(
          LogErrors.OPEN, "the keyed log \"%s\" is open already".formatted(name));
    }
    Log log = new Log(name, kept.computeIfAbsent(name, unused -> new Kept()));
    open.put(name, log);
    return log;
  }

  private final class Log implements KeyedLog {
    private final String name;
    private final Kept of;
    private final long fence;
    private boolean closed;

    Log(String name, Kept of) {
      this.name = name;
      this.of = of;
      this.fence = ++of.fence;
    }

    @Override
    public List<String> read(BiConsumer<String, byte[]> reader) {
      Map<String, byte[]> values;
      synchronized (InMemoryKeyedLogStore.this) {
        checkOpen();
        values = new LinkedHashMap<>(of.values);
      }
      values.forEach((key, value) -> reader.accept(key, value.clone()));
      return List.of();
    }

    @Override
    public void put(String key, byte[] value) {
      synchronized (InMemoryKeyedLogStore.this) {
        checkOpen();
        if (value.length > MAX_VALUE_BYTES
            || key.getBytes(StandardCharsets.UTF_8).length > MAX_KEY_BYTES) {
          throw new NarthexException(
              LogErrors.DOCUMENT_SIZE,
              "the key or the value of \"%s\" is too large".formatted(name));
        }
        checkWritable();
        of.values.put(key, value.clone());
      }
    }

    @Override
    public void remove(String key) {
      synchronized (InMemoryKeyedLogStore.this) {
        checkOpen();
        if (of.values.containsKey(key)) {
          checkWritable();
          of.values.remove(key);
        }
      }
    }

    @Override
    public long fence() {
      return fence;
    }

    private void checkOpen() {
      if (closed) {
        throw refused(LogErrors.CLOSED, "the keyed log \"%s\" is closed");
      }
    }

    private void checkWritable() {
      if (of.fence != fence) {
        throw refused(LogErrors.FENCED, "another has opened the keyed log \"%s\" since");
      }
      if (failures > 0) {
        failures--;
        throw refused(LogErrors.WRITE, "no space left on device for \"%s\"");
      }
    }

    private NarthexException refused(ErrorCode code, String text) {
      return new NarthexException(code, text.formatted(name));
    }

    @Override
    public void close() {
      synchronized (InMemoryKeyedLogStore.this) {
        if (!closed) {
          closed = true;
          open.remove(name);
        }
      }
    }
  }
}
