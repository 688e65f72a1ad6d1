package io.narthex.api.model.histogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.error.ErrorCode;
import io.narthex.api.error.NarthexException;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HistogramTest {
  private static final BucketLayout TWO_AND_ONE = BucketLayout.of(new Span(-1, 2), new Span(3, 1));

  @ParameterizedTest
  @MethodSource
  void whatIsWrongIsSaid(ErrorCode code, String message, ThrowingCallable wrong) {
    assertThatThrownBy(wrong)
        .isInstanceOfSatisfying(NarthexException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessage(message);
  }

  static Stream<Arguments> whatIsWrongIsSaid() {
    return Stream.of(
        wrong(
            HistogramErrors.SPAN_LENGTH,
            "a span of -1 buckets: its length must be from 0 to 2147483647",
            () -> new Span(0, -1)),
        wrong(
            HistogramErrors.SPAN_OFFSET,
            "span 2 of 2 has the offset -2; after the first span an offset is 0 or more",
            () -> BucketLayout.of(new Span(-5, 1), new Span(-2, 1))),
        wrong(
            HistogramErrors.INDEX_RANGE,
            "span 2 of 2 reaches to the bucket index 2147483650; the largest is 2147483647",
            () -> BucketLayout.of(new Span(Integer.MAX_VALUE - 1, 1), new Span(2, 1))),
        wrong(
            HistogramErrors.SPAN_BUCKETS,
            "the spans [-1:2, 3:1] name 3 buckets, but there are counts for 2",
            () -> new IntegerBuckets(TWO_AND_ONE, new long[] {1, 2})),
        wrong(
            HistogramErrors.BOUNDS_NAN,
            "custom bound 2 of 2 is NaN; bounds are numbers that rise",
            () -> CustomBounds.of(1, Double.NaN)),
        wrong(
            HistogramErrors.BOUNDS_ORDER,
            "custom bound 3 of 3 is 2.0 after 2.0; each must be greater than the one before",
            () -> CustomBounds.of(1, 2, 2)),
        wrong(
            HistogramErrors.BOUNDS_INFINITE,
            "the last of 2 custom bounds is +Inf; leave it out, the last bucket always ends there",
            () -> CustomBounds.of(1, Double.POSITIVE_INFINITY)),
        wrong(
            HistogramErrors.UNKNOWN_SCHEMA,
            "schema 9: it must be from -4 to 8, or -53 for custom bounds",
            () -> of(9, 0, 0, 0, 0, IntegerBuckets.EMPTY, CustomBounds.NONE)),
        wrong(
            HistogramErrors.INVALID_SCHEMA,
            "schema -5 cannot be stored: it must be from -4 to 8, or -53 for custom bounds",
            () -> of(-5, 0, 0, 0, 0, IntegerBuckets.EMPTY, CustomBounds.NONE).validate()),
        wrong(
            HistogramErrors.UNEXPECTED_BOUNDS,
            "schema 3 with 1 custom bounds: only schema -53 has any",
            () -> of(3, 0, 0, 0, 0, IntegerBuckets.EMPTY, CustomBounds.of(1))),
        wrong(
            HistogramErrors.BOUNDS_TOO_FEW,
            "1 custom bounds make 2 buckets, but the spans [0:3] reach to bucket 3",
            () ->
                of(
                    HistogramSchema.CUSTOM,
                    0,
                    0,
                    3,
                    0,
                    IntegerBuckets.ofCounts(BucketLayout.of(new Span(0, 3)), 1, 1, 1),
                    CustomBounds.of(1))),
        wrong(
            HistogramErrors.CUSTOM_ZERO_COUNT,
            "a histogram with custom bounds has no zero bucket; its zero count must be 0",
            () -> of(HistogramSchema.CUSTOM, 0, 1, 1, 0, IntegerBuckets.EMPTY, CustomBounds.of(1))),
        wrong(
            HistogramErrors.CUSTOM_ZERO_THRESHOLD,
            "a histogram with custom bounds has no zero bucket; its zero threshold must be 0,"
                + " got 0.5",
            () ->
                of(HistogramSchema.CUSTOM, 0.5, 0, 1, 0, IntegerBuckets.EMPTY, CustomBounds.of(1))),
        wrong(
            HistogramErrors.NEGATIVE_BUCKET,
            "bucket 3 of 3 on the positive side (index 4) counts -2; a bucket counts 0 or more",
            () ->
                of(0, 0, 0, 1, 0, IntegerBuckets.ofCounts(TWO_AND_ONE, 1, 2, -2), CustomBounds.NONE)
                    .validate()),
        wrong(
            HistogramErrors.COUNT_MISMATCH,
            "the buckets hold 7 observations, but the count is 8; unless NaN was observed (then the"
                + " sum is NaN) both must be equal",
            () ->
                of(0, 0, 1, 8, 0, IntegerBuckets.ofCounts(TWO_AND_ONE, 1, 2, 3), CustomBounds.NONE)
                    .validate()),
        wrong(
            HistogramErrors.COUNT_TOO_SMALL,
            "the buckets hold 6 observations, but the count is 5; it must be at least as many",
            () ->
                of(
                        0,
                        0,
                        0,
                        5,
                        Double.NaN,
                        IntegerBuckets.ofCounts(TWO_AND_ONE, 1, 2, 3),
                        CustomBounds.NONE)
                    .validate()),
        wrong(
            HistogramErrors.NEGATIVE_COUNT,
            "the count is -1.0; it must be 0 or more",
            () ->
                new FloatHistogram(
                        CounterResetHint.UNKNOWN,
                        0,
                        0,
                        0,
                        -1,
                        0,
                        FloatBuckets.EMPTY,
                        FloatBuckets.EMPTY,
                        CustomBounds.NONE)
                    .validate()));
  }

  private static Arguments wrong(ErrorCode code, String message, ThrowingCallable wrong) {
    return Arguments.of(code, message, wrong);
  }

  private static Histogram of(
      int schema,
      double zeroThreshold,
      long zeroCount,
      long count,
      double sum,
      IntegerBuckets positive,
      CustomBounds bounds) {
    return new Histogram(
        CounterResetHint.UNKNOWN,
        schema,
        zeroThreshold,
        zeroCount,
        count,
        sum,
        positive,
        IntegerBuckets.EMPTY,
        bounds);
  }

  @Test
  void staleMarkersAreValid() {
    Histogram.STALE.validate();
    FloatHistogram.STALE.validate();
    assertThat(Histogram.STALE.isStale()).isTrue();
    assertThat(Histogram.STALE.toFloat()).isEqualTo(FloatHistogram.STALE);
  }

  @Test
  void spansWithoutBucketsDoNotMakeLayoutsDiffer() {
    BucketLayout plain = BucketLayout.of(new Span(2, 1), new Span(3, 2));
    BucketLayout odd =
        BucketLayout.of(
            new Span(1, 0), new Span(1, 1), new Span(1, 0), new Span(2, 2), new Span(9, 0));
    assertThat(odd).isEqualTo(plain).hasSameHashCodeAs(plain);
    assertThat(odd.indexes()).containsExactly(2, 6, 7);
    assertThat(BucketLayout.of(new Span(2, 2)))
        .isNotEqualTo(BucketLayout.of(new Span(2, 1), new Span(0, 1)));
  }

  @Test
  void hintIsNoData() {
    Histogram h =
        of(0, 0.5, 0, 6, 1, IntegerBuckets.ofCounts(TWO_AND_ONE, 1, 2, 3), CustomBounds.NONE);
    Histogram gauge = h.withResetHint(CounterResetHint.GAUGE);
    assertThat(gauge).isNotEqualTo(h);
    assertThat(gauge.sameData(h)).isTrue();
  }

  @Test
  void countsBeyondSignedRangeBecomeTheNearestDouble() {
    Histogram h = of(0, 0, 0, -1, 0, IntegerBuckets.EMPTY, CustomBounds.NONE);
    assertThat(h.toFloat().count()).isEqualTo(0x1p64);
  }

  @Test
  void nothingIsMadeFiner() {
    Histogram h = of(0, 0, 0, 0, 0, IntegerBuckets.EMPTY, CustomBounds.NONE);
    assertThat(h.coarserTo(0)).isSameAs(h);
    assertThatThrownBy(() -> h.coarserTo(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a schema can only be made coarser, by 0 steps or more, got -1");
    assertThatThrownBy(() -> h.coarserTo(HistogramSchema.CUSTOM))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("custom bounds cannot be made coarser: schema 0 to -53");
  }
}
