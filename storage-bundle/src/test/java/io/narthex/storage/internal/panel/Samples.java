package io.narthex.storage.internal.panel;

import io.narthex.api.model.StaleMarker;
import java.util.Random;

/** Values of all kinds that a panel may get, by a seed. */
final class Samples {
  static final long[] SPECIAL = {
    0,
    1L << 63,
    StaleMarker.BITS,
    0x7ff8000000000001L,
    0x7ff800000000deadL,
    0xfff8000000000000L,
    0x7ff0000000000001L,
    0x7fffffffffffffffL,
    0xffffffffffffffffL,
    0x7ff0000000000000L,
    0xfff0000000000000L,
    1,
    0x000fffffffffffffL,
    0x800fffffffffffffL,
    0x0010000000000000L,
    0x7fefffffffffffffL,
    0xffefffffffffffffL,
    Double.doubleToRawLongBits(0x1p53),
    Double.doubleToRawLongBits(0x1p53 - 1),
    Double.doubleToRawLongBits(1 - 0x1p53),
    Double.doubleToRawLongBits(1e22)
  };

  private final Random random;

  Samples(Random random) {
    this.random = random;
  }

  long anyBits() {
    return switch (random.nextInt(6)) {
      case 0 -> SPECIAL[random.nextInt(SPECIAL.length)];
      case 1 -> random.nextLong();
      case 2 -> Double.doubleToRawLongBits(random.nextInt(100_000));
      case 3 -> decimal();
      case 4 -> Double.doubleToRawLongBits(random.nextGaussian());
      default -> Double.doubleToRawLongBits((double) (random.nextLong() >> random.nextInt(64)));
    };
  }

  private long decimal() {
    long number = random.nextLong() >> (10 + random.nextInt(54));
    return SlotValue.bits(number, random.nextInt(SlotValue.MAX_DECIMALS + 1));
  }

  /** The bits that one kind of series has after others. */
  long next(int kind, long before) {
    double value = Double.longBitsToDouble(before);
    return switch (kind) {
      case 0 -> before;
      case 1 -> bits(value + 1);
      case 2 -> bits(value - 1);
      case 3 -> bits(value + (random.nextLong() >>> (12 + random.nextInt(52))));
      case 4 -> bits(Math.round(value * 100 + random.nextInt(7) - 3) / 100.0);
      case 5 -> bits(value * (1 + random.nextDouble()));
      case 6 -> bits(random.nextInt(1000) / Math.pow(10, random.nextInt(5)));
      case 7 -> random.nextInt(4) == 0 ? anyBits() : before;
      case 8 -> StaleMarker.BITS;
      default -> anyBits();
    };
  }

  private static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }
}
