package io.narthex.spi.state;

import java.util.List;
import java.util.function.BiConsumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps a value for each key; the last one wins. For state that is small enough to be read whole:
 * silences, the notification log, pushed groups. What {@link #put} and {@link #remove} did survives
 * the death of the process when they return, and a loss of power after the next sync, which comes
 * every second. May be used from any thread, but not from event loops: writing may wait for the
 * disk.
 */
@ProviderType
public interface KeyedLog extends AutoCloseable {
  /** The largest value, in bytes. */
  int MAX_VALUE_BYTES = 64 * 1024 * 1024;

  /** The longest key, in bytes of UTF-8. */
  int MAX_KEY_BYTES = 64 * 1024;

  /**
   * Hands over all keys with their values, in no order. The values belong to the caller.
   *
   * @return what could not be read and is lost, for people; empty if all is there
   */
  List<String> read(BiConsumer<String, byte[]> reader);

  /**
   * Sets a value.
   *
   * @throws io.narthex.api.error.NarthexException with {@link io.narthex.spi.log.LogErrors#WRITE},
   *     and then the old value stays; {@link io.narthex.spi.log.LogErrors#DOCUMENT_SIZE}; {@link
   *     io.narthex.spi.log.LogErrors#CLOSED}
   */
  void put(String key, byte[] value);

  /** Removes a key; nothing happens if it is not there. Fails as {@link #put} does. */
  void remove(String key);

  /**
   * A number that is greater with each opening of the log, by whomever: who acts on the word of an
   * owner can tell it from that of one before. Once another has opened the log, what this one
   * writes fails with {@link io.narthex.spi.log.LogErrors#FENCED} and changes nothing; on one
   * machine a name is open once, and that does not happen.
   */
  default long fence() {
    // A default for the sake of fakes that stand for keyed logs in tests.
    throw new UnsupportedOperationException(getClass().getName() + " does not know its fence");
  }

  /** Syncs and closes. Closing twice does nothing. */
  @Override
  void close();
}
