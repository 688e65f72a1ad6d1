package io.narthex.alerting.internal.state;

import io.narthex.spi.state.KeyedLog;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Values of one kind in a keyed log. May be used from any thread, but not from event loops. */
public final class StateLog<T> {
  private final KeyedLog log;
  private final Codec<T> codec;

  /** Keeps values in the log, which the caller closes. */
  public StateLog(KeyedLog log, Codec<T> codec) {
    this.log = log;
    this.codec = codec;
  }

  /**
   * Hands over all values.
   *
   * @return what could not be read and is lost, for people; empty if all is there
   */
  public List<String> read(BiConsumer<String, T> reader) {
    List<String> problems = new ArrayList<>();
    problems.addAll(
        log.read(
            (key, bytes) -> {
              try {
                reader.accept(key, codec.decode(bytes));
              } catch (BadEntryException e) {
                problems.add("the entry of %s cannot be read: %s".formatted(key, e.getMessage()));
              }
            }));
    return problems;
  }

  /**
   * Sets a value; it survives the death of the process when this returns.
   *
   * @throws io.narthex.api.error.NarthexException if it could not be written; the old value stays
   */
  public void put(String key, T value) {
    log.put(key, codec.encode(value));
  }

  /** Removes a key; fails as {@link #put} does. */
  public void remove(String key) {
    log.remove(key);
  }
}
