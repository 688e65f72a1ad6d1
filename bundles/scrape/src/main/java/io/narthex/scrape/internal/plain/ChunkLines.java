package io.narthex.scrape.internal.plain;

/** Reads the lines between the chunks of a body, as Go's client does. */
final class ChunkLines {
  private static final int MAX_DIGITS = 16;

  /** What each chunk may have besides its bytes, and what all of them may have beyond that. */
  private static final int FREE_BYTES = 16;

  private static final int MAX_EXCESS = 16 * 1024;

  private long excess;

  void clear() {
    excess = 0;
  }

  /**
   * The length of the next chunk, unsigned; 0 for the last one.
   *
   * @param length of the line with its end
   */
  long size(byte[] line, int length) throws BadResponseException {
    int end = contentEnd(line, length);
    excess += end + 2;
    while (end > 0 && HeaderLine.isBlank(line[end - 1])) {
      end--;
    }
    long size = number(line, end);
    excess = Math.max(0, excess - FREE_BYTES - 2 * size);
    if (size != 0 && excess > MAX_EXCESS) {
      throw BadResponseException.inBody("chunked encoding contains too much non-data");
    }
    return size;
  }

  private static int contentEnd(byte[] line, int length) throws BadResponseException {
    int cr = 0;
    while (cr < length && line[cr] != '\r') {
      cr++;
    }
    if (cr == length) {
      throw BadResponseException.inBody("chunked line ends with bare LF");
    }
    if (cr != length - 2) {
      throw BadResponseException.inBody("invalid CR in chunked line");
    }
    return cr;
  }

  /** Reads up to the extension; blanks before it are not left out. */
  private static long number(byte[] line, int end) throws BadResponseException {
    long size = 0;
    int at = 0;
    while (at < end && line[at] != ';') {
      int digit = Character.digit(line[at] & 0xff, 16);
      if (digit < 0) {
        throw BadResponseException.inBody("invalid byte in chunk length");
      }
      if (at == MAX_DIGITS) {
        throw BadResponseException.inBody("http chunk length too large");
      }
      size = size << 4 | digit;
      at++;
    }
    if (at == 0) {
      throw BadResponseException.inBody("empty hex number for chunk length");
    }
    return size;
  }
}
