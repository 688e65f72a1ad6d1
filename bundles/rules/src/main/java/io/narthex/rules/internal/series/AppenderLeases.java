package io.narthex.rules.internal.series;

import io.narthex.api.error.NarthexException;
import io.narthex.api.storage.Storage;
import io.narthex.api.storage.StorageErrors;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All writers that hold an appender, whoever they belong to, so that none is left when the bundle
 * stops, and none is taken of a storage that goes. Methods may be called from any thread.
 */
public final class AppenderLeases implements AutoCloseable {
  private final Set<SeriesWriter> open = ConcurrentHashMap.newKeySet();

  /** Weakly, since they belong to bundles that go. */
  private final Set<Storage> gone =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  private volatile boolean closed;

  /** A storage has come, perhaps again. */
  public void come(Storage storage) {
    gone.remove(storage);
  }

  /** Gives back all appenders of a storage that goes; no other is taken of it. */
  public void release(Storage going) {
    gone.add(going);
    open.forEach(writer -> writer.release(going));
  }

  /** Gives back all appenders; no other is taken. */
  @Override
  public void close() {
    closed = true;
    open.forEach(SeriesWriter::close);
  }

  /**
   * A writer is about to take an appender.
   *
   * @throws NarthexException if it must not
   */
  void take(SeriesWriter writer, Storage from) {
    // First: a release that begins after the check then finds the writer.
    open.add(writer);
    if (closed || gone.contains(from)) {
      open.remove(writer);
      throw new NarthexException(StorageErrors.STOPPED, "the storage is being stopped or replaced");
    }
  }

  /** A writer has no appender any more. */
  void returned(SeriesWriter writer) {
    open.remove(writer);
  }
}
