package io.narthex.promql.internal.steps;

import java.util.Arrays;

/**
 * The values of one series at all steps of a query: an array, and a bit for each step that says
 * whether there is a value. What the array holds where there is none is undefined. Operators reuse
 * these from series to series. Not safe for use by several threads.
 */
public final class StepVector {
  private final double[] values;
  private final long[] present;
  private final int count;

  /** A vector without values. */
  public StepVector(int count) {
    this.count = count;
    this.values = new double[count];
    this.present = new long[words(count)];
  }

  /** How many longs hold a bit for each step. */
  public static int words(int count) {
    return (count + 63) >>> 6;
  }

  /** How many steps there are. */
  public int count() {
    return count;
  }

  /** The values, one a step; writing here does not set the bit. */
  public double[] values() {
    return values;
  }

  /** The bits, 64 steps a long, the first step lowest; writing here does not set the value. */
  public long[] present() {
    return present;
  }

  /** Whether there is a value at the step. */
  public boolean has(int step) {
    return (present[step >>> 6] & (1L << step)) != 0;
  }

  /** Sets the value at the step. */
  public void set(int step, double value) {
    values[step] = value;
    present[step >>> 6] |= 1L << step;
  }

  /** Takes the value at the step away. */
  public void unset(int step) {
    present[step >>> 6] &= ~(1L << step);
  }

  /** Takes all values away. */
  public void clear() {
    Arrays.fill(present, 0);
  }

  /** Whether there is no value at all. */
  public boolean isEmpty() {
    for (long word : present) {
      if (word != 0) {
        return false;
      }
    }
    return true;
  }

  /** How many values there are. */
  public int size() {
    int size = 0;
    for (long word : present) {
      size += Long.bitCount(word);
    }
    return size;
  }

  /** Whether there is a value at every step. */
  public boolean isFull() {
    return size() == count;
  }

  /** The first step from {@code from} on that has a value, or -1. */
  public int next(int from) {
    int word = from >>> 6;
    if (word >= present.length) {
      return -1;
    }
    long bits = present[word] & (-1L << from);
    while (bits == 0) {
      word++;
      if (word == present.length) {
        return -1;
      }
      bits = present[word];
    }
    return (word << 6) + Long.numberOfTrailingZeros(bits);
  }

  /** Gives every step the value of the first, or none. */
  public void repeatFirst() {
    boolean has = has(0);
    clear();
    if (has) {
      Arrays.fill(values, values[0]);
      setAll();
    }
  }

  /** Says that every step has the value that is in the array. */
  public void setAll() {
    Arrays.fill(present, -1L);
    if ((count & 63) != 0) {
      present[present.length - 1] = (1L << count) - 1;
    }
  }

  /** Keeps only the values at the steps whose bit is set. */
  public void retain(long[] mask) {
    for (int w = 0; w < present.length; w++) {
      present[w] &= mask[w];
    }
  }

  /** Takes over all values and bits. */
  public void copyFrom(StepVector other) {
    System.arraycopy(other.values, 0, values, 0, count);
    System.arraycopy(other.present, 0, present, 0, present.length);
  }

  /** A vector of its own with the same values. */
  public StepVector copy() {
    StepVector copy = new StepVector(count);
    copy.copyFrom(this);
    return copy;
  }
}
