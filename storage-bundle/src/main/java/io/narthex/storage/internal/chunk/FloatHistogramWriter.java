package io.narthex.storage.internal.chunk;

import io.narthex.api.model.StaleMarker;
import java.util.Arrays;

/** Writes histograms of one layout into a chunk, in the format of {@link FloatHistogramEncoder}. */
final class FloatHistogramWriter {
  /** The places of the numbers that every histogram has. */
  static final int COUNT = 0;

  static final int ZERO_COUNT = 1;
  static final int SUM = 2;
  static final int TOTALS = 3;

  private static final double[] NOTHING = new double[0];

  private final BitWriter out = new BitWriter(HistogramEncoder.HEADER_BYTES);
  private final HistogramLayout layout;
  private final XorValues totals = new XorValues(TOTALS);
  private final XorValues positive;
  private final XorValues negative;
  private int samples;
  private long time;
  private long timeDelta;

  FloatHistogramWriter(HistogramLayout layout, CounterResetHeader header) {
    this.layout = layout;
    positive = new XorValues(layout.positive().buckets());
    negative = new XorValues(layout.negative().buckets());
    out.bytes()[CounterResetHeader.POSITION] = header.toByte();
    layout.write(out);
  }

  /** Writes a sample; the arrays have the buckets of the layout, and are not kept. */
  void write(
      long newTime,
      double count,
      double zeroCount,
      double sum,
      double[] newPositive,
      double[] newNegative) {
    if (samples == 0) {
      out.writeSigned(newTime);
      totals.writeFirst(out, COUNT, count);
      totals.writeFirst(out, ZERO_COUNT, zeroCount);
      totals.writeFirst(out, SUM, sum);
      writeFirst(positive, newPositive);
      writeFirst(negative, newNegative);
    } else {
      long delta = newTime - time;
      out.writeSigned(delta - timeDelta);
      timeDelta = delta;
      totals.write(out, COUNT, count);
      totals.write(out, ZERO_COUNT, zeroCount);
      totals.write(out, SUM, sum);
      writeNext(positive, newPositive);
      writeNext(negative, newNegative);
    }
    time = newTime;
    samples++;
    out.bytes()[0] = (byte) (samples >>> 8);
    out.bytes()[1] = (byte) samples;
  }

  /** Writes that the series ended; the layout is empty if that is the first sample. */
  void writeStale(long newTime) {
    write(newTime, 0, 0, StaleMarker.VALUE, NOTHING, NOTHING);
  }

  private void writeFirst(XorValues state, double[] counts) {
    for (int i = 0; i < counts.length; i++) {
      state.writeFirst(out, i, counts[i]);
    }
  }

  private void writeNext(XorValues state, double[] counts) {
    for (int i = 0; i < counts.length; i++) {
      state.write(out, i, counts[i]);
    }
  }

  HistogramLayout layout() {
    return layout;
  }

  CounterResetHeader header() {
    return CounterResetHeader.of(out.bytes()[CounterResetHeader.POSITION]);
  }

  int samples() {
    return samples;
  }

  double count() {
    return totals.value(COUNT);
  }

  double zeroCount() {
    return totals.value(ZERO_COUNT);
  }

  boolean isStale() {
    return StaleMarker.is(totals.value(SUM));
  }

  /** The counts of the last sample. */
  XorValues positive() {
    return positive;
  }

  /** The counts of the last sample. */
  XorValues negative() {
    return negative;
  }

  byte[] bytes() {
    return out.bytes();
  }

  int length() {
    return out.length();
  }

  byte[] toByteArray() {
    return Arrays.copyOf(out.bytes(), out.length());
  }
}
