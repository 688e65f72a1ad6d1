package io.narthex.pushgateway.internal;

import io.narthex.api.error.NarthexException;
import io.narthex.spi.log.LogErrors;
import io.narthex.spi.state.KeyedLog;
import io.narthex.spi.state.KeyedLogStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;

/** Keeps one keyed log in memory, over the lives of those who open it. */
public final class MemoryLogStore implements KeyedLogStore {
  /** What is kept. */
  public final Map<String, byte[]> values = new ConcurrentHashMap<>();

  /** Fails all writing while it is set. */
  public volatile boolean diskFull;

  /** Fails opening while it is set. */
  public volatile boolean broken;

  /** Writing waits for it. */
  public volatile CountDownLatch gate = new CountDownLatch(0);

  private volatile boolean open;

  /** Whether somebody has it open. */
  public boolean isOpen() {
    return open;
  }

  @Override
  public KeyedLog open(String name) {
    if (broken || open || !name.equals("pushgateway")) {
      throw new NarthexException(LogErrors.OPEN, "the log " + name + " cannot be opened");
    }
    open = true;
    return new Log();
  }

  private final class Log implements KeyedLog {
    private boolean closed;

    @Override
    public List<String> read(BiConsumer<String, byte[]> reader) {
      values.forEach(reader);
      return List.of();
    }

    @Override
    public void put(String key, byte[] value) {
      check();
      values.put(key, value.clone());
    }

    @Override
    public void remove(String key) {
      check();
      values.remove(key);
    }

    private void check() {
      try {
        gate.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      if (closed) {
        throw new NarthexException(LogErrors.CLOSED, "the keyed log is closed");
      }
      if (diskFull) {
        throw new NarthexException(LogErrors.WRITE, "no space left on device");
      }
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        open = false;
      }
    }
  }
}
