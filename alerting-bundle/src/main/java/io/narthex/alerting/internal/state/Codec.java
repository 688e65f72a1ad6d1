package io.narthex.alerting.internal.state;

/** Turns values into bytes and back. Formats are documented in the classes that implement this. */
public interface Codec<T> {
  /** The bytes of a value. */
  byte[] encode(T value);

  /**
   * The value of the bytes.
   *
   * @throws BadEntryException if they are none; whatever the bytes are, nothing else is thrown
   */
  T decode(byte[] bytes);
}
