package io.narthex.discovery.file.internal.read;

/**
 * How many values a file may have. Aliases count each time they are used, so that a small file
 * cannot become a large one.
 */
final class ValueBudget {
  /** Far more than one server can scrape, and at most some hundred megabytes while it is read. */
  static final int MOST = 1_000_000;

  private int left = MOST;

  /** Counts one more. */
  void take() {
    take(1);
  }

  /** Counts more. */
  void take(int values) {
    left -= values;
    if (left < 0) {
      throw new TooManyValuesException();
    }
  }

  /** The file has more than that. */
  static final class TooManyValuesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong and what would be right. */
    String problem() {
      return "the file has more than %d values; divide it into several".formatted(MOST);
    }
  }
}
