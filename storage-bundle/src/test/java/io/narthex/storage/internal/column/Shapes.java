package io.narthex.storage.internal.column;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.LongSupplier;

/** Columns of many shapes, as doubles; NOTHING stands for a row without a sample. */
final class Shapes {
  /** Bits that no test uses as a value. */
  static final long NOTHING = 0x7ff8_0bad_0bad_0badL;

  static final long STALE = 0x7ff0000000000002L;

  /** Makes the bits of the doubles of one column. */
  interface Shape {
    void fill(Random random, long[] bits);
  }

  /** Gives one value after the other. */
  private interface Step {
    double next(int row, double before);
  }

  private static final Map<String, Shape> ALL = new LinkedHashMap<>();

  static {
    step("zero", r -> (row, v) -> 0);
    step("one", r -> (row, v) -> 1);
    constant("small whole", r -> r.nextInt(1000));
    constant("large whole", r -> r.nextLong(1L << 53));
    constant("negative whole", r -> -r.nextInt(100_000));
    constant("decimal", r -> r.nextInt(100_000) / 1000.0);
    constant("third", r -> r.nextInt(1000) / 3.0);
    bits("constant bits", r -> r.nextLong());
    put("NaN payload", (r, bits) -> fill(bits, 0x7ff8_0000_0000_0000L | r.nextInt(1000)));
    put("minus zero", (r, bits) -> fill(bits, 1L << 63));
    put("nothing", (r, bits) -> fill(bits, NOTHING));
    step(
        "changes once",
        r -> {
          int at = r.nextInt(250);
          int by = r.nextInt(100_000);
          return (row, v) -> row == 0 ? by / 2 : row == at ? v + by : v;
        });
    step("changes rarely", r -> (row, v) -> r.nextInt(20) == 0 ? r.nextInt(1000) : v);
    step("flips", r -> (row, v) -> r.nextInt(2));
    step(
        "counts evenly",
        r -> {
          int by = 1 + r.nextInt(100);
          return (row, v) -> row == 0 ? r.nextInt(1 << 30) : v + by;
        });
    step(
        "counts",
        r -> {
          int by = 1 + r.nextInt(1000);
          return (row, v) -> row == 0 ? r.nextInt(1 << 30) : v + r.nextInt(by);
        });
    step(
        "counts around a rate",
        r -> {
          int by = 1 + r.nextInt(1 << 20);
          int spread = 1 + r.nextInt(by / 20 + 1);
          return (row, v) -> row == 0 ? 1e9 : v + by + Math.rint(r.nextGaussian() * spread);
        });
    step(
        "counts in bursts",
        r ->
            (row, v) ->
                row == 0 ? 1e6 : v + (r.nextInt(12) == 0 ? r.nextInt(1 << 24) : r.nextInt(4)));
    step(
        "resets",
        r -> {
          int by = 1 + r.nextInt(1000);
          return (row, v) -> row == 0 ? 1e12 : r.nextInt(50) == 0 ? 0 : v + r.nextInt(by);
        });
    step("pages", r -> (row, v) -> 4096.0 * (100_000 + r.nextInt(1000)));
    step("walks", r -> (row, v) -> row == 0 ? 1e8 : v + Math.rint(r.nextGaussian() * 1000));
    step("noise", r -> (row, v) -> 5000 + Math.rint(r.nextGaussian() * 20));
    step(
        "noise with spikes",
        r -> (row, v) -> r.nextInt(25) == 0 ? r.nextLong(1L << 50) : 700 + r.nextInt(16));
    step("accelerates", r -> (row, v) -> 7.0 * row * row + 3 * row + (row % 9 == 0 ? 1 : 0));
    step("accelerates and jitters", r -> (row, v) -> 900.0 * row * row + r.nextInt(9));
    step("wide whole", r -> (row, v) -> r.nextLong(1L << 54) - (1L << 53) + 1);
    step("hundredths up", r -> (row, v) -> hundredths(row == 0 ? 1e5 : v + r.nextInt(40) / 100.0));
    step("hundredths", r -> (row, v) -> r.nextInt(1000) / 100.0);
    step(
        "thousandths and wholes",
        r -> (row, v) -> r.nextBoolean() ? r.nextInt(10) : r.nextInt(10_000) / 1000.0);
    step("tiny decimals", r -> (row, v) -> r.nextInt(1000) / 1e22);
    step("sum of decimals", r -> (row, v) -> v + r.nextInt(100_000) / 1e5);
    step("even sum of decimals", r -> (row, v) -> v + 0.1);
    step("decimals nearly", r -> (row, v) -> nearly(r, r.nextInt(100_000) / 1e4));
    step("pages nearly", r -> (row, v) -> nearly(r, 0.25 * 4096 * r.nextInt(5000) + 0.001));
    step("ratio", r -> (row, v) -> r.nextInt(1000) / (1.0 + r.nextInt(1000)));
    step("slow ratio", r -> (row, v) -> (700_000 + row + r.nextInt(3)) / 1_000_003.0);
    step("binary fraction", r -> (row, v) -> Math.scalb(r.nextInt(1 << 16), -40));
    step("negative binary fraction", r -> (row, v) -> Math.scalb(-r.nextInt(1 << 16), -61));
    step("huge", r -> (row, v) -> r.nextDouble() * 1e300);
    step("subnormal", r -> (row, v) -> Double.MIN_VALUE * r.nextInt(1000));
    step("infinite", r -> (row, v) -> r.nextBoolean() ? 1 / 0.0 : -1 / 0.0);
    put("any bits", (r, bits) -> each(bits, r::nextLong));
    put("near bits", (r, bits) -> each(bits, () -> 0x3ff5_5555_5555_5555L + r.nextInt(1 << 20)));
    put(
        "bits change rarely",
        (r, bits) -> {
          long now = r.nextLong();
          for (int i = 0; i < bits.length; i++) {
            now = r.nextInt(60) == 0 ? r.nextLong() : now;
            bits[i] = now;
          }
        });
    put(
        "some NaN",
        (r, bits) -> {
          decimals(r, bits);
          sprinkle(r, bits, 0x7ff8000000000001L, 10);
        });
    put(
        "some minus zero",
        (r, bits) -> {
          decimals(r, bits);
          sprinkle(r, bits, 1L << 63, 20);
        });
    put(
        "ends stale",
        (r, bits) -> {
          decimals(r, bits);
          int at = r.nextInt(bits.length);
          bits[at] = STALE;
          Arrays.fill(bits, at + 1, bits.length, NOTHING);
        });
    put(
        "begins late",
        (r, bits) -> {
          decimals(r, bits);
          Arrays.fill(bits, 0, r.nextInt(bits.length), NOTHING);
        });
    put(
        "has gaps",
        (r, bits) -> {
          decimals(r, bits);
          sprinkle(r, bits, NOTHING, 3);
        });
    put(
        "any with gaps",
        (r, bits) -> {
          each(bits, r::nextLong);
          sprinkle(r, bits, NOTHING, 2);
          sprinkle(r, bits, 0, 3);
        });
    put("anything", (r, bits) -> each(bits, () -> any(r)));
  }

  private Shapes() {}

  static Map<String, Shape> all() {
    return ALL;
  }

  private interface Making<T> {
    T make(Random random);
  }

  private static void put(String name, Shape shape) {
    ALL.put(name, shape);
  }

  private static void constant(String name, Making<Number> value) {
    put(
        "constant " + name,
        (r, bits) -> fill(bits, Double.doubleToRawLongBits(value.make(r).doubleValue())));
  }

  private static void bits(String name, Making<Long> value) {
    put(name, (r, bits) -> fill(bits, value.make(r)));
  }

  private static void step(String name, Making<Step> step) {
    put(
        name,
        (random, bits) -> {
          Step steps = step.make(random);
          double value = 0;
          for (int i = 0; i < bits.length; i++) {
            value = steps.next(i, value);
            bits[i] = Double.doubleToRawLongBits(value);
          }
        });
  }

  private static void fill(long[] bits, long value) {
    Arrays.fill(bits, value);
  }

  private static void each(long[] bits, LongSupplier value) {
    Arrays.setAll(bits, i -> value.getAsLong());
  }

  private static void decimals(Random random, long[] bits) {
    each(bits, () -> Double.doubleToRawLongBits(random.nextInt(1000) / 10.0));
  }

  private static void sprinkle(Random random, long[] bits, long value, int oneIn) {
    for (int i = 0; i < bits.length; i++) {
      bits[i] = random.nextInt(oneIn) == 0 ? value : bits[i];
    }
  }

  private static double hundredths(double value) {
    return Math.rint(value * 100) / 100;
  }

  private static double nearly(Random random, double value) {
    return Double.longBitsToDouble(Double.doubleToRawLongBits(value) + random.nextInt(5) - 2);
  }

  private static long any(Random r) {
    return switch (r.nextInt(7)) {
      case 0 -> NOTHING;
      case 1 -> r.nextLong();
      case 2 -> Double.doubleToRawLongBits(r.nextInt(100));
      case 3 -> Double.doubleToRawLongBits(r.nextInt() / 1e3);
      case 4 -> STALE;
      case 5 -> 1L << 63;
      default -> 0;
    };
  }

  /** The form that an appender gives to a double; the number is in {@code number[0]}. */
  static int form(long bits, long[] number) {
    double value = Double.longBitsToDouble(bits);
    number[0] = bits;
    if (!Double.isFinite(value) || bits == 1L << 63) {
      return Decimal.RAW;
    }
    BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    if (decimal.scale() < 0) {
      decimal = decimal.setScale(0);
    }
    if (decimal.scale() > 22 || decimal.unscaledValue().bitLength() > 53) {
      return Decimal.RAW;
    }
    long unscaled = decimal.unscaledValue().longValueExact();
    if (Math.abs(unscaled) >= 1L << 53
        || Double.doubleToRawLongBits(unscaled / Double.parseDouble("1e" + decimal.scale()))
            != bits) {
      return Decimal.RAW;
    }
    number[0] = unscaled;
    return decimal.scale();
  }

  /** Puts a column into a matrix. */
  static void put(PanelMatrix matrix, int slot, long[] bits) {
    long[] number = new long[1];
    for (int row = 0; row < matrix.rows(); row++) {
      if (bits[row] != NOTHING) {
        int form = form(bits[row], number);
        matrix.set(slot, row, number[0], form);
      }
    }
  }
}
