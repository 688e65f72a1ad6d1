package io.narthex.storage.internal.chunk;

import io.narthex.api.model.histogram.BucketLayout;
import io.narthex.api.model.histogram.CounterResetHint;
import io.narthex.api.model.histogram.CustomBounds;
import io.narthex.api.model.histogram.FloatBuckets;
import io.narthex.api.model.histogram.FloatHistogram;
import io.narthex.api.model.histogram.Histogram;
import io.narthex.api.model.histogram.IntegerBuckets;
import io.narthex.api.model.histogram.Span;
import java.util.Arrays;

/** A line of a data file: a mark, a time and a histogram (see the README beside the files). */
record HistogramText(String[] fields) {
  static HistogramText of(String line) {
    return new HistogramText(line.split(" ", -1));
  }

  String mark() {
    return fields[0];
  }

  long time() {
    return Long.parseLong(fields[1]);
  }

  Histogram histogram() {
    return new Histogram(
        hint(),
        Integer.parseInt(fields[3]),
        number(fields[4]),
        Long.parseUnsignedLong(fields[5]),
        Long.parseUnsignedLong(fields[6]),
        number(fields[7]),
        new IntegerBuckets(layout(fields[8]), wholes(fields[9])),
        new IntegerBuckets(layout(fields[10]), wholes(fields[11])),
        CustomBounds.of(numbers(fields[12])));
  }

  FloatHistogram floatHistogram() {
    return new FloatHistogram(
        hint(),
        Integer.parseInt(fields[3]),
        number(fields[4]),
        number(fields[5]),
        number(fields[6]),
        number(fields[7]),
        new FloatBuckets(layout(fields[8]), numbers(fields[9])),
        new FloatBuckets(layout(fields[10]), numbers(fields[11])),
        CustomBounds.of(numbers(fields[12])));
  }

  private CounterResetHint hint() {
    return CounterResetHint.values()[Integer.parseInt(fields[2])];
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
