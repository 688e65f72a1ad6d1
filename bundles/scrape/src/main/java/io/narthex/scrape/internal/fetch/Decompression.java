package io.narthex.scrape.internal.fetch;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Inflates gzip bodies, within the limit of the sink. May be used from any thread. */
public final class Decompression {
  /** What a body that is too large is refused with, as upstream words it. */
  public static final String TOO_LARGE = "body size limit exceeded";

  private static final int KEPT = 8;

  private final BlockingQueue<GzipReader> free = new ArrayBlockingQueue<>(KEPT);

  /** Puts the uncompressed bytes behind those of the target. */
  public void inflate(ByteSink compressed, ByteSink target) throws FetchException {
    GzipReader kept = free.poll();
    GzipReader reader = kept == null ? new GzipReader() : kept;
    try {
      reader.read(compressed, target);
    } finally {
      if (!free.offer(reader)) {
        reader.close();
      }
    }
  }
}
