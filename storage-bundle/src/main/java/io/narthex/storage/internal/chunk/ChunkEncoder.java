package io.narthex.storage.internal.chunk;

/** A chunk that grows, of one of upstream's encodings. */
public sealed interface ChunkEncoder permits XorEncoder, HistogramEncoder, FloatHistogramEncoder {
  /** What stands for its encoding in blocks. */
  int encoding();

  /** How many samples it holds. */
  int count();

  /**
   * The array in use: it holds the chunk, then zeros; replaced when it grows or is written anew.
   */
  byte[] bytes();

  /** How many bytes the chunk has. */
  int length();

  /** How many bytes the array in use has. */
  default int capacity() {
    return bytes().length;
  }

  /** The chunk in an array of its exact size. */
  byte[] toByteArray();
}
