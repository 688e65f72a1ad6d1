package io.narthex.api.yaml;

import io.narthex.api.section.Position;

/**
 * Counts the values of a document, those that aliases repeat each time, so that a small text cannot
 * become a large tree. The bounds are upstream's: what comes from aliases may be nearly all of a
 * document of some hundred thousand values, and less and less of a larger one.
 */
final class AliasBudget {
  private static final long FEW_REPEATED = 100;
  private static final long FEW = 1_000;
  private static final long MANY = 400_000;
  private static final long VERY_MANY = 4_000_000;
  private static final double MOST_OF_FEW = 0.99;
  private static final double MOST_OF_VERY_MANY = 0.10;

  private final int mostValues;
  private long values;
  private long repeated;

  AliasBudget(int mostValues) {
    this.mostValues = mostValues;
  }

  long values() {
    return values;
  }

  /** Counts a value that stands there. */
  void value(Position at) {
    values++;
    checkValues(at);
  }

  /** Counts what an alias repeats. */
  void alias(long size, Position at) {
    values += size + 1;
    repeated += size;
    checkValues(at);
    if (repeated > FEW_REPEATED && values > FEW && repeated > values * allowed()) {
      throw new YamlNodes.TooLargeException(
          at,
          "aliases (*) repeat too much up to here: %d of %d values; write values out or divide the file"
              .formatted(repeated, values));
    }
  }

  private double allowed() {
    double way = (double) (values - MANY) / (VERY_MANY - MANY);
    return MOST_OF_FEW - (MOST_OF_FEW - MOST_OF_VERY_MANY) * Math.clamp(way, 0, 1);
  }

  private void checkValues(Position at) {
    if (values > mostValues) {
      throw new YamlNodes.TooLargeException(
          at, "the file has more than %d values; divide it into several".formatted(mostValues));
    }
  }
}
