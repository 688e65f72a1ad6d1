package io.narthex.storage.internal.column;

/** Values of generated series in the shares of real exporters, for benchmarks of other packages. */
public final class MixedSeries {
  private MixedSeries() {}

  /** The bits of so many values of so many series: by row, then by series. */
  public static long[][] rows(long seed, int rows, int series) {
    Mix mix = new Mix(seed);
    long[][] bits = new long[rows][series];
    long[] column = new long[rows];
    for (int i = 0; i < series; i++) {
      mix.fillColumn(mix.any(), column);
      for (int row = 0; row < rows; row++) {
        bits[row][i] = column[row];
      }
    }
    return bits;
  }
}
