package io.narthex.storage.internal.chunk;

import io.narthex.api.model.histogram.BucketLayout;

/**
 * What has to change for a chunk to take a histogram that has other buckets than those before.
 *
 * @param newPositive the positive buckets of the chunk if it has to be written anew
 * @param newNegative the negative ones
 */
record Relayout(
    LayoutMerge positive,
    LayoutMerge negative,
    BucketLayout newPositive,
    BucketLayout newNegative) {

  /**
   * Finds it out.
   *
   * @param isGauge upstream joins the spans of a gauge on both sides as soon as it lacks any bucket
   *     of the chunk, those of a counter only on the side where it does
   */
  static Relayout of(
      HistogramLayout chunk, BucketLayout positive, BucketLayout negative, boolean isGauge) {
    LayoutMerge pos = LayoutMerge.of(chunk.positive(), positive);
    LayoutMerge neg = LayoutMerge.of(chunk.negative(), negative);
    boolean joinBoth = isGauge && (pos.sampleGrows() || neg.sampleGrows());
    return new Relayout(
        pos,
        neg,
        joinBoth || pos.sampleGrows() ? pos.union() : positive,
        joinBoth || neg.sampleGrows() ? neg.union() : negative);
  }

  /** Whether the chunk has to be written anew. */
  boolean chunkGrows() {
    return positive.chunkGrows() || negative.chunkGrows();
  }
}
