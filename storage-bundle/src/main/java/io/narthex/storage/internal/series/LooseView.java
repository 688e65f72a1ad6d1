package io.narthex.storage.internal.series;

/**
 * What a reader sees of the samples of a series in no row.
 *
 * @param inOrder chunks in order of time
 * @param late chunks that may overlap each other and the others
 */
public record LooseView(Chunk[] inOrder, Chunk[] late) {
  private static final Chunk[] NO_CHUNKS = {};

  /** No samples. */
  public static final LooseView NOTHING = new LooseView(NO_CHUNKS, NO_CHUNKS);

  /** What a reader of this mark sees in a range of time. */
  public static LooseView of(LooseSamples samples, long mark, long from, long to) {
    return new LooseView(samples.chunks(mark, from, to), samples.lateChunks(mark, from, to));
  }
}
