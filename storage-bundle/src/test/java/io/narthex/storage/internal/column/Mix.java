package io.narthex.storage.internal.column;

import java.util.Arrays;
import java.util.Random;

/**
 * Generated series in the shares that were measured on real exporters (node exporter, Prometheus
 * and others at 15 s), as far as a generator can be like them.
 */
final class Mix {
  /** A kind of series, its share in thousandths. */
  enum Kind {
    CONSTANT_WHOLE(673),
    CONSTANT_OTHER(13),
    CHANGED_ONCE(26),
    COUNTER(162),
    WHOLE_GAUGE(67),
    DECIMAL_COUNTER(9),
    DECIMAL_GAUGE(32),
    LONG_DECIMAL(18);

    final int share;

    Kind(int share) {
      this.share = share;
    }
  }

  private final Random random;

  Mix(long seed) {
    random = new Random(seed);
  }

  Kind any() {
    int at = random.nextInt(1000);
    for (Kind kind : Kind.values()) {
      at -= kind.share;
      if (at < 0) {
        return kind;
      }
    }
    throw new IllegalStateException("the shares do not add up");
  }

  /** A matrix of the mix, rows 15 s apart to the millisecond or nearly. */
  void fill(PanelMatrix matrix, int rows, int slots) {
    fill(matrix, rows, slots, Kind.values());
  }

  void fill(PanelMatrix matrix, int rows, int slots, Kind... kinds) {
    matrix.reset(rows, slots);
    long sequence = random.nextInt(1_000_000);
    for (int row = 0; row < rows; row++) {
      matrix.setRow(row, 1_764_000_000_000L + 15_000L * row, sequence);
      sequence += 190 + random.nextInt(20);
    }
    long[] bits = new long[rows];
    for (int slot = 0; slot < slots; slot++) {
      fillColumn(kinds.length == 1 ? kinds[0] : any(), bits);
      Shapes.put(matrix, slot, bits);
    }
  }

  void fillColumn(Kind kind, long[] bits) {
    double[] values = new double[bits.length];
    switch (kind) {
      case CONSTANT_WHOLE -> Arrays.fill(values, constant());
      case CONSTANT_OTHER ->
          Arrays.fill(
              values, random.nextBoolean() ? random.nextInt(1000) / 100.0 : random.nextDouble());
      case CHANGED_ONCE -> {
        int at = random.nextInt(bits.length);
        double first = constant();
        double second = first + 1 + random.nextInt(100);
        Arrays.setAll(values, i -> i < at ? first : second);
      }
      case COUNTER -> counter(values, logUniform(0.01, 3000));
      case WHOLE_GAUGE -> gauge(values);
      case DECIMAL_COUNTER -> {
        counter(values, logUniform(0.1, 1500));
        for (int i = 0; i < values.length; i++) {
          values[i] = values[i] / 100;
        }
      }
      case DECIMAL_GAUGE -> decimalGauge(values);
      case LONG_DECIMAL -> longDecimal(values);
    }
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Double.doubleToRawLongBits(values[i]);
    }
  }

  private double constant() {
    return switch (random.nextInt(10)) {
      case 0, 1, 2, 3, 4, 5 -> 0;
      case 6 -> 1;
      default -> Math.rint(logUniform(1, 1e9));
    };
  }

  private double logUniform(double from, double to) {
    return from * Math.pow(to / from, random.nextDouble());
  }

  /** Poisson, nearly. */
  private double events(double rate) {
    if (rate > 30) {
      return Math.max(0, Math.rint(rate + Math.sqrt(rate) * random.nextGaussian()));
    }
    int n = 0;
    for (double p = random.nextDouble(); p > Math.exp(-rate); p *= random.nextDouble()) {
      n++;
    }
    return n;
  }

  private void counter(double[] values, double rate) {
    double value = Math.rint(logUniform(1, 1e8));
    boolean inBursts = random.nextInt(4) == 0;
    double weight = random.nextInt(3) == 0 ? 1 + random.nextInt(1000) : 1;
    for (int i = 0; i < values.length; i++) {
      boolean quiet = inBursts && random.nextInt(5) > 0;
      value += quiet ? 0 : weight * events(rate);
      values[i] = value;
    }
  }

  private void gauge(double[] values) {
    double unit = random.nextInt(3) == 0 ? 4096 : 1;
    double spread = logUniform(1, 3000);
    double level = Math.rint(logUniform(10, 1e6));
    boolean walks = random.nextBoolean();
    double value = level;
    for (int i = 0; i < values.length; i++) {
      value = (walks ? value : level) + Math.rint(spread * random.nextGaussian() / 2);
      value = Math.max(0, value);
      values[i] = unit * value;
    }
  }

  private void decimalGauge(double[] values) {
    double power = Math.pow(10, 2 + random.nextInt(7));
    double level = logUniform(0.1, 10);
    double spread = level * logUniform(0.001, 0.3);
    for (int i = 0; i < values.length; i++) {
      double value = level + spread * random.nextGaussian();
      values[i] =
          i > 0 && random.nextInt(4) == 0 ? values[i - 1] : Math.rint(value * power) / power;
    }
  }

  private void longDecimal(double[] values) {
    boolean sums = random.nextInt(3) > 0;
    double value = logUniform(1, 1000);
    value = Math.rint(value * 1e6) / 1e6;
    for (int i = 0; i < values.length; i++) {
      if (sums) {
        for (double n = events(2); n > 0; n--) {
          value += Math.rint(logUniform(1, 1e5)) / 1e6;
        }
        values[i] = value;
      } else {
        values[i] = (1000.0 + random.nextInt(50)) / (3001.0 + i);
      }
    }
  }
}
