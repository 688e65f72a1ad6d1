package io.narthex.api.model.histogram;

import java.util.Arrays;
import java.util.List;

/** A histogram in a data file (see the README beside the files). */
record HistogramText(List<String> fields) {
  Histogram histogram() {
    return new Histogram(
        hint(),
        Integer.parseInt(fields.get(1)),
        number(fields.get(2)),
        Long.parseUnsignedLong(fields.get(3)),
        Long.parseUnsignedLong(fields.get(4)),
        number(fields.get(5)),
        new IntegerBuckets(layout(fields.get(6)), wholes(fields.get(7))),
        new IntegerBuckets(layout(fields.get(8)), wholes(fields.get(9))),
        CustomBounds.of(numbers(fields.get(10))));
  }

  FloatHistogram floatHistogram() {
    return new FloatHistogram(
        hint(),
        Integer.parseInt(fields.get(1)),
        number(fields.get(2)),
        number(fields.get(3)),
        number(fields.get(4)),
        number(fields.get(5)),
        new FloatBuckets(layout(fields.get(6)), numbers(fields.get(7))),
        new FloatBuckets(layout(fields.get(8)), numbers(fields.get(9))),
        CustomBounds.of(numbers(fields.get(10))));
  }

  private CounterResetHint hint() {
    return CounterResetHint.values()[Integer.parseInt(fields.get(0))];
  }

  private static String[] list(String text) {
    return text.equals("-") ? new String[0] : text.split(",", -1);
  }

  private static BucketLayout layout(String text) {
    return BucketLayout.of(
        Arrays.stream(list(text))
            .map(span -> span.split(":", -1))
            .map(span -> new Span(Integer.parseInt(span[0]), Integer.parseInt(span[1])))
            .toList());
  }

  private static long[] wholes(String text) {
    return Arrays.stream(list(text)).mapToLong(Long::parseLong).toArray();
  }

  private static double[] numbers(String text) {
    return Arrays.stream(list(text)).mapToDouble(HistogramText::number).toArray();
  }

  private static double number(String text) {
    return text.startsWith("#")
        ? Double.longBitsToDouble(Long.parseUnsignedLong(text.substring(1), 16))
        : Double.parseDouble(text);
  }
}
