package io.narthex.storage.internal.chunk;

import io.narthex.api.model.StaleMarker;
import java.util.Arrays;

/** Writes histograms of one layout into a chunk, in the format of {@link HistogramEncoder}. */
final class HistogramWriter {
  private final BitWriter out = new BitWriter(HistogramEncoder.HEADER_BYTES);
  private final HistogramLayout layout;
  private final XorValues sum = new XorValues(1);
  private final long[] positive;
  private final long[] positiveSteps;
  private final long[] negative;
  private final long[] negativeSteps;
  private int samples;
  private long time;
  private long timeDelta;
  private long count;
  private long countDelta;
  private long zeroCount;
  private long zeroCountDelta;

  HistogramWriter(HistogramLayout layout, CounterResetHeader header) {
    this.layout = layout;
    positive = new long[layout.positive().buckets()];
    positiveSteps = new long[positive.length];
    negative = new long[layout.negative().buckets()];
    negativeSteps = new long[negative.length];
    out.bytes()[CounterResetHeader.POSITION] = header.toByte();
    layout.write(out);
  }

  /** Writes a sample; the arrays have the buckets of the layout, and are not kept. */
  void write(
      long newTime,
      long newCount,
      long newZeroCount,
      double newSum,
      long[] newPositive,
      long[] newNegative) {
    if (samples == 0) {
      out.writeSigned(newTime);
      out.writeUnsigned(newCount);
      out.writeUnsigned(newZeroCount);
      sum.writeFirst(out, 0, newSum);
      writeFirst(positive, newPositive);
      writeFirst(negative, newNegative);
    } else {
      writeTime(newTime);
      long delta = newCount - count;
      out.writeSigned(delta - countDelta);
      countDelta = delta;
      delta = newZeroCount - zeroCount;
      out.writeSigned(delta - zeroCountDelta);
      zeroCountDelta = delta;
      sum.write(out, 0, newSum);
      writeNext(positive, positiveSteps, newPositive);
      writeNext(negative, negativeSteps, newNegative);
    }
    written(newTime, newCount, newZeroCount);
  }

  /** Writes that the series ended; the layout is empty if that is the first sample. */
  void writeStale(long newTime) {
    if (samples == 0) {
      write(newTime, 0, 0, StaleMarker.VALUE, positive, negative);
      return;
    }
    writeTime(newTime);
    out.writeSigned(0);
    out.writeSigned(0);
    sum.write(out, 0, StaleMarker.VALUE);
    written(newTime, 0, 0);
  }

  private void writeTime(long newTime) {
    long delta = newTime - time;
    out.writeSigned(delta - timeDelta);
    timeDelta = delta;
  }

  private void writeFirst(long[] state, long[] deltas) {
    for (int i = 0; i < state.length; i++) {
      state[i] = deltas[i];
      out.writeSigned(deltas[i]);
    }
  }

  private void writeNext(long[] state, long[] steps, long[] deltas) {
    for (int i = 0; i < state.length; i++) {
      long step = deltas[i] - state[i];
      out.writeSigned(step - steps[i]);
      steps[i] = step;
      state[i] = deltas[i];
    }
  }

  private void written(long newTime, long newCount, long newZeroCount) {
    time = newTime;
    count = newCount;
    zeroCount = newZeroCount;
    samples++;
    out.bytes()[0] = (byte) (samples >>> 8);
    out.bytes()[1] = (byte) samples;
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

  long count() {
    return count;
  }

  long zeroCount() {
    return zeroCount;
  }

  boolean isStale() {
    return StaleMarker.is(sum.value(0));
  }

  /** The deltas of the last sample; not to be changed. */
  long[] positive() {
    return positive;
  }

  /** The deltas of the last sample; not to be changed. */
  long[] negative() {
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
