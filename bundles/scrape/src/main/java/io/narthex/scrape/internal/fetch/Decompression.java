package io.narthex.scrape.internal.fetch;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Inflates gzip bodies, within the limit of the sink. */
public final class Decompression {
  /** What a body that is too large is refused with, as upstream words it. */
  public static final String TOO_LARGE = "body size limit exceeded";

  private static final int STEP = 32 * 1024;

  private Decompression() {}

  /** Puts the uncompressed bytes behind those of the target. */
  public static void inflate(ByteSink compressed, ByteSink target) throws FetchException {
    try (InputStream in =
        new GZIPInputStream(
            new ByteArrayInputStream(compressed.array(), 0, compressed.length()), STEP)) {
      while (true) {
        boolean full = !target.reserve(STEP);
        if (full) {
          copyRest(in, target);
          return;
        }
        int count = in.read(target.array(), target.length(), STEP);
        if (count < 0) {
          return;
        }
        target.advance(count);
      }
    } catch (EOFException e) {
      throw new FetchException("unexpected EOF");
    } catch (IOException e) {
      throw new FetchException("gzip: " + e.getMessage());
    }
  }

  private static void copyRest(InputStream in, ByteSink target) throws IOException, FetchException {
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (!target.reserve(1)) {
        throw new FetchException(TOO_LARGE);
      }
      target.array()[target.length()] = (byte) next;
      target.advance(1);
    }
  }
}
