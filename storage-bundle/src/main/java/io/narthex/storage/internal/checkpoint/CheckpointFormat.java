package io.narthex.storage.internal.checkpoint;

/**
 * How a checkpoint lies in its file.
 *
 * <pre>
 * file   --> "NARTHEXK", major u8 = 1, minor u8 = 0, crc u32 of these 10 bytes, record^*
 * record --> crc u32 of all that follows in it, length u32 of the body, number u32, kind u8, body
 * body   --> begin | panel^* | series^* | exemplar^* | end
 *
 * begin    --> time zigzag, partitions uvarint, (epoch uvarint, index uvarint)^n, next panel uvarint
 * panel    --> id uvarint, slots uvarint, rows since the base row uvarint,
 *              last sealed zigzag, last time zigzag, time before zigzag, last loose zigzag,
 *              begins: times, ends: times,
 *              n uvarint, (place uvarint, less the one before)^n,
 *              n uvarint, (before zigzag, from zigzag, to zigzag, bytes)^n: sealed rows in no file,
 *              n uvarint, (time zigzag, bytes)^n: open rows
 * times    --> n uvarint, (slots passed over uvarint, time zigzag)^n
 * bytes    --> n uvarint, n bytes
 * series   --> labels, panel + 1 uvarint, slot uvarint if there is a panel,
 *              n uvarint, (from zigzag, to zigzag)^n: deleted,
 *              in order: chunks, late: chunks, late and open: chunks
 * chunks   --> n uvarint, chunk^n
 * labels   --> n uvarint, (name shared, value shared)^n
 * shared   --> 00, text | number uvarint: the text written out as the number-th of the record
 * chunk    --> encoding u8, min time zigzag, max time - min time uvarint, samples uvarint, bytes
 * exemplar --> labels of the series, labels, value 8 bytes, time zigzag
 * end      --> panels uvarint, series uvarint
 * </pre>
 *
 * <p>Fixed numbers are little endian. Records are numbered from 0; the first is a begin, the last
 * an end, and nothing follows it. Encodings of chunks are upstream's.
 */
final class CheckpointFormat {
  static final byte[] MAGIC = {'N', 'A', 'R', 'T', 'H', 'E', 'X', 'K'};
  static final int MAJOR = 1;
  static final int MINOR = 0;
  static final int FILE_HEADER = 8 + 2 + 4;
  static final int RECORD_HEADER = 4 + 4 + 4 + 1;

  /** Longer records do not exist. */
  static final int MAX_RECORD = 256 << 20;

  static final int BEGIN = 1;
  static final int PANELS = 2;
  static final int SERIES = 3;
  static final int EXEMPLARS = 4;
  static final int END = 5;

  private CheckpointFormat() {}
}
