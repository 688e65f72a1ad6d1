package io.narthex.http.api.internal.answer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The ways a body may be compressed, in upstream's selection: the first of {@code Accept-Encoding}
 * that we know, in its plain spelling: one with a weight is passed over.
 */
enum Compression {
  NONE(""),
  GZIP("gzip"),
  DEFLATE("deflate");

  private final String token;

  Compression(String token) {
    this.token = token;
  }

  /** The value of {@code Content-Encoding}. */
  String token() {
    return token;
  }

  /** What a client takes that sent this {@code Accept-Encoding}. */
  static Compression accepted(@Nullable String header) {
    if (header == null) {
      return NONE;
    }
    for (String entry : header.split(",", 32)) {
      String token = entry.strip();
      if (token.equals(GZIP.token)) {
        return GZIP;
      }
      if (token.equals(DEFLATE.token)) {
        return DEFLATE;
      }
    }
    return NONE;
  }

  Stream open() {
    return new Stream(this);
  }

  /**
   * Compresses a body chunk by chunk. Holds native memory until it is closed. Not safe for use by
   * several threads.
   */
  static final class Stream implements AutoCloseable {
    // The fastest level: the bodies are repetitive, and time counts more than the last tenth of
    // size.
    private final Deflater deflater;
    private final ByteArrayOutputStream compressed = new ByteArrayOutputStream(16 * 1024);
    private final OutputStream in;

    private Stream(Compression compression) {
      boolean gzip = compression == GZIP;
      this.deflater = new Deflater(Deflater.BEST_SPEED, gzip);
      try {
        this.in =
            gzip
                ? new OverDeflater(compressed, deflater)
                : new DeflaterOutputStream(compressed, deflater);
      } catch (IOException e) {
        throw new UncheckedIOException("memory does not fail to be written", e);
      }
    }

    /** Takes a chunk; gives what is compressed so far, possibly nothing. */
    byte[] add(byte[] chunk, boolean last) throws IOException {
      in.write(chunk);
      if (last) {
        in.close();
      }
      byte[] out = compressed.toByteArray();
      compressed.reset();
      return out;
    }

    @Override
    public void close() {
      deflater.end();
    }
  }

  /** The JDK's gzip stream with a deflater of ours. */
  private static final class OverDeflater extends GZIPOutputStream {
    OverDeflater(OutputStream out, Deflater deflater) throws IOException {
      super(out);
      def.end();
      def = deflater;
    }
  }
}
