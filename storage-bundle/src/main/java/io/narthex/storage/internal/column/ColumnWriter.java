package io.narthex.storage.internal.column;

/**
 * Writes a column in the smallest of all encodings; see {@link SealedPanel} for the format. For use
 * by one thread.
 */
class ColumnWriter {
  /** What {@link #write} returns for a column that says itself what it is. */
  static final int SELF_DESCRIBING = Directory.FIRST_LENGTH;

  private static final int MAX_PATCHES = 16;

  /** From so many bytes a sample on, other readings of the doubles are tried. */
  private static final int LARGE = 4;

  private static final long WHOLE_LIMIT = 1L << 48;

  private final Samples samples = new Samples();
  private final Integers integers = new Integers();
  private final Integers places = new Integers();
  private final FrameOfReference placesEncoding = new FrameOfReference(0);
  private final XorBits xor = new XorBits();
  private final ColumnEncoding[] encodings = {
    new Constant(),
    new FewChanges(),
    new FrameOfReference(0),
    new FrameOfReference(1),
    new FrameOfReference(2),
    new Rice(0),
    new Rice(1),
    new Rice(2),
    new Rice(3),
    xor
  };

  private ColumnEncoding chosen = xor;
  private int chosenSize;
  private int scale;

  /** How the samples are read as whole numbers. */
  private enum Reading {
    DECIMAL(false, false),
    DIVIDED_DECIMAL(true, false),
    LAST_PLACES(false, true),
    DIVIDED_LAST_PLACES(true, true),
    BINARY_FRACTION(false, false),
    RAW(false, false);

    private static final Reading[] ALL = values();

    private final boolean isDivided;
    private final boolean hasPlaces;

    Reading(boolean isDivided, boolean hasPlaces) {
      this.isDivided = isDivided;
      this.hasPlaces = hasPlaces;
    }

    boolean canPatch() {
      return compareTo(LAST_PLACES) < 0;
    }
  }

  /**
   * Writes the column of a slot, or nothing if the code says all.
   *
   * @return its code in the directory, or {@link #SELF_DESCRIBING}
   */
  int write(PanelMatrix matrix, int slot, ByteSink out) {
    int from = slot * matrix.rows();
    int form = matrix.forms()[from];
    if (Samples.areSame(matrix, from)) {
      if (form == PanelMatrix.ABSENT) {
        return Directory.ABSENT;
      }
      int code = writeWhole(Decimal.bits(matrix.numbers()[from], form), out);
      if (code >= 0) {
        return code;
      }
    }
    if (!samples.gather(matrix, from)) {
      return Directory.ABSENT;
    }
    writeBest(matrix.rows(), out);
    return SELF_DESCRIBING;
  }

  /** As {@link #write}, in the encoding that takes everything. */
  int writeRaw(PanelMatrix matrix, int slot, ByteSink out) {
    samples.gather(matrix, slot * matrix.rows());
    prepareNumbers(Reading.RAW);
    chosen = xor;
    chosenSize = xor.size(integers, ColumnEncoding.NONE);
    writeColumn(Reading.RAW, matrix.rows(), out);
    return SELF_DESCRIBING;
  }

  /** A constant whole number in the directory and as few bytes as it has; -1 if it is none. */
  private static int writeWhole(long bits, ByteSink out) {
    double value = Double.longBitsToDouble(bits);
    if (bits < 0 || value >= WHOLE_LIMIT || value != Math.rint(value)) {
      return -1;
    }
    long number = (long) value;
    if (number <= 1) {
      return number == 0 ? Directory.ZERO : Directory.ONE;
    }
    int bytes = (71 - Long.numberOfLeadingZeros(number)) >>> 3;
    out.littleEndian(number, bytes);
    return Directory.ONE + bytes;
  }

  private void writeBest(int rows, ByteSink out) {
    Reading best = Reading.RAW;
    int bestSize = ColumnEncoding.NONE;
    Reading last = Reading.RAW;
    int enough = LARGE * samples.count();
    for (Reading reading : Reading.ALL) {
      if (!reading.canPatch() && bestSize <= enough) {
        break;
      }
      if (reading.isDivided && integers.common() == 1) {
        continue;
      }
      int size = prepare(reading);
      last = reading;
      if (size < bestSize) {
        bestSize = size;
        best = reading;
      }
    }
    if (last != best) {
      prepare(best);
    }
    writeColumn(best, rows, out);
  }

  /** Reads the samples so, and chooses the encoding; the bytes it takes. */
  private int prepare(Reading reading) {
    if (!prepareNumbers(reading)) {
      return ColumnEncoding.NONE;
    }
    choose();
    if (reading.hasPlaces && chosen.kind() == Constant.KIND && places.changes() == 0) {
      return ColumnEncoding.NONE;
    }
    int size = chosenSize + scaleSize();
    if (reading.hasPlaces) {
      return size + placesEncoding.size(places, ColumnEncoding.NONE);
    }
    return reading.canPatch() && samples.patches() > 0 ? size + 1 + 9 * samples.patches() : size;
  }

  private boolean prepareNumbers(Reading reading) {
    switch (reading) {
      case DECIMAL, DIVIDED_DECIMAL -> {
        if (!samples.toDecimals(integers.numbers, MAX_PATCHES)) {
          return false;
        }
        scale = samples.places();
        return derive(samples.regular(), reading.isDivided);
      }
      case LAST_PLACES, DIVIDED_LAST_PLACES -> {
        scale = samples.toLastPlaces(integers.numbers, places.numbers);
        if (scale < 0) {
          return false;
        }
        places.derive(samples.count(), false, false);
        return derive(samples.count(), reading.isDivided);
      }
      case BINARY_FRACTION -> {
        int shift = samples.toBinaryFractions(integers.numbers);
        scale = Scale.BINARY + shift;
        return shift > 0 && derive(samples.count(), false);
      }
      default -> {
        scale = Scale.RAW;
        samples.toBits(integers.numbers);
        integers.derive(samples.count(), true, false);
        return true;
      }
    }
  }

  /** Without a divisor always; with one only if there is one. */
  private boolean derive(int count, boolean divided) {
    integers.derive(count, false, divided);
    return !divided || integers.divisor() > 1;
  }

  private void choose() {
    chosenSize = ColumnEncoding.NONE;
    // The others need a bit a sample at least, but for what is next to constant.
    int enough = Math.max(12, integers.count() / 8);
    for (ColumnEncoding encoding : encodings) {
      int size = encoding.size(integers, chosenSize);
      if (size < chosenSize) {
        chosenSize = size;
        chosen = encoding;
      }
      if (encoding.kind() <= FewChanges.KIND && chosenSize <= enough) {
        return;
      }
    }
  }

  private int scaleSize() {
    if (integers.divisor() > 1) {
      return 1 + ByteSink.sizeOfUvarint(integers.divisor());
    }
    return scale == 0 ? 0 : 1;
  }

  private void writeColumn(Reading reading, int rows, ByteSink out) {
    int patches = reading.canPatch() ? samples.patches() : 0;
    int presence = Presence.form(samples.present(), rows, samples.count());
    out.u8(
        ColumnHeader.of(chosen.kind(), presence)
            | (scaleSize() > 0 ? ColumnHeader.SCALED : 0)
            | (patches > 0 ? ColumnHeader.PATCHED : 0)
            | (reading.hasPlaces ? ColumnHeader.LAST_PLACES : 0));
    if (scaleSize() > 0) {
      boolean divided = integers.divisor() > 1;
      out.u8(scale | (divided ? ColumnHeader.DIVIDED : 0));
      if (divided) {
        out.uvarint(integers.divisor());
      }
    }
    Presence.write(presence, samples.present(), rows, samples.count(), out);
    if (patches > 0) {
      samples.writePatches(out);
    }
    chosen.write(integers, out);
    if (reading.hasPlaces) {
      placesEncoding.size(places, ColumnEncoding.NONE);
      placesEncoding.write(places, out);
    }
  }
}
