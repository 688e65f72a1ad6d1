package io.narthex.scrape.internal.fetch;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads gzip (RFC 1952), one member after the other, from one array to another. Its inflater is
 * used again and again, since making one costs more than a small body. Takes and refuses what
 * upstream does, in its words. Not safe for use by several threads.
 */
final class GzipReader implements AutoCloseable {
  private static final byte[] NOTHING = {};
  private static final String INVALID_HEADER = "gzip: invalid header";
  private static final int STEP = 32 * 1024;
  private static final int HEADER = 10;
  private static final int TRAILER = 8;
  private static final int DEFLATE = 8;
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xe0;

  /** What a name or comment may have with the zero at its end. */
  private static final int MAX_TEXT = 512;

  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private byte[] in = NOTHING;
  private int at;
  private int end;

  /** Puts the uncompressed bytes behind those of the target. */
  void read(ByteSink compressed, ByteSink target) throws FetchException {
    in = compressed.array();
    at = 0;
    end = compressed.length();
    if (end == 0) {
      throw new FetchException("EOF");
    }
    try {
      while (at < end) {
        readHeader();
        readMember(target);
      }
    } finally {
      // The array goes back to others; neither this nor the inflater may hold it.
      in = NOTHING;
      inflater.reset();
    }
  }

  @Override
  public void close() {
    inflater.end();
  }

  private void readHeader() throws FetchException {
    int start = at;
    require(HEADER);
    int flags = in[at + 3];
    if ((in[at] & 0xff) != 0x1f
        || (in[at + 1] & 0xff) != 0x8b
        || in[at + 2] != DEFLATE
        || (flags & RESERVED) != 0) {
      throw new FetchException(INVALID_HEADER);
    }
    at += HEADER;
    if ((flags & EXTRA) != 0) {
      require(2);
      int length = in[at] & 0xff | (in[at + 1] & 0xff) << 8;
      at += 2;
      require(length);
      at += length;
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CRC) != 0) {
      checkHeader(start);
    }
  }

  private void checkHeader(int start) throws FetchException {
    require(2);
    checksum.reset();
    checksum.update(in, start, at - start);
    int said = in[at] & 0xff | (in[at + 1] & 0xff) << 8;
    if (said != (checksum.getValue() & 0xffff)) {
      throw new FetchException(INVALID_HEADER);
    }
    at += 2;
  }

  private void skipText() throws FetchException {
    for (int i = 0; i < MAX_TEXT; i++) {
      if (at == end) {
        throw new FetchException("EOF");
      }
      if (in[at++] == 0) {
        return;
      }
    }
    throw new FetchException(INVALID_HEADER);
  }

  private void readMember(ByteSink target) throws FetchException {
    inflater.reset();
    inflater.setInput(in, at, end - at);
    int from = target.length();
    while (!inflater.finished()) {
      inflate(target);
    }
    at = end - inflater.getRemaining();
    require(TRAILER);
    checksum.reset();
    checksum.update(target.array(), from, target.length() - from);
    if (littleEndian(at) != (int) checksum.getValue()
        || littleEndian(at + 4) != target.length() - from) {
      throw new FetchException("gzip: invalid checksum");
    }
    at += TRAILER;
  }

  private void inflate(ByteSink target) throws FetchException {
    int room = target.reserveUpTo(STEP);
    if (room == 0) {
      throw new FetchException(Decompression.TOO_LARGE);
    }
    try {
      int count = inflater.inflate(target.array(), target.length(), room);
      target.advance(count);
      if (count == 0 && !inflater.finished()) {
        throw new FetchException(
            inflater.needsInput() ? "unexpected EOF" : "gzip: it needs a dictionary");
      }
    } catch (DataFormatException e) {
      throw new FetchException(
          "flate: corrupt input before offset %d".formatted(inflater.getBytesRead()));
    }
  }

  private void require(int count) throws FetchException {
    if (end - at < count) {
      throw new FetchException("unexpected EOF");
    }
  }

  private int littleEndian(int from) {
    return in[from] & 0xff
        | (in[from + 1] & 0xff) << 8
        | (in[from + 2] & 0xff) << 16
        | (in[from + 3] & 0xff) << 24;
  }
}
