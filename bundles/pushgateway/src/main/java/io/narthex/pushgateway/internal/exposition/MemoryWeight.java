package io.narthex.pushgateway.internal.exposition;

/** Rough sizes of what a push consists of, in bytes of memory. */
public final class MemoryWeight {
  public static final int FAMILY = 160;
  public static final int METRIC = 96;

  /** A label without the characters of its value. */
  public static final int LABEL = 56;

  /** A quantile or a bucket, and a summary or a histogram without them. */
  public static final int PART = 64;

  private MemoryWeight() {}
}
