package io.narthex.alerting.internal;

import io.narthex.api.error.NarthexException;
import io.narthex.spi.log.LogErrors;
import io.narthex.spi.state.KeyedLog;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** A keyed log in memory that can be broken. */
public final class FakeKeyedLog implements KeyedLog {
  /** What is kept. */
  public final Map<String, byte[]> entries = new TreeMap<>();

  /** Whether the disk is full. */
  public boolean full;

  @Override
  public List<String> read(BiConsumer<String, byte[]> reader) {
    entries.forEach((key, value) -> reader.accept(key, value.clone()));
    return List.of();
  }

  @Override
  public void put(String key, byte[] value) {
    write();
    entries.put(key, value.clone());
  }

  @Override
  public void remove(String key) {
    write();
    entries.remove(key);
  }

  private void write() {
    if (full) {
      throw new NarthexException(LogErrors.WRITE, "the disk is full");
    }
  }

  @Override
  public void close() {}
}
