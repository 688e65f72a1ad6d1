package io.narthex.api.model.histogram;

import io.narthex.api.error.NarthexException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which buckets one side of a histogram has. Immutable, and made to be shared: the samples of a
 * chunk have one layout.
 *
 * <p>The spans are kept as they were given, since upstream's chunks hold them so; {@link #equals}
 * sees through spans without buckets, as upstream does. To walk over the buckets:
 *
 * <pre>{@code
 * for (int span = 0, bucket = 0; span < layout.spanCount(); span++) {
 *   int index = layout.firstIndex(span);
 *   for (int end = bucket + layout.length(span); bucket < end; bucket++, index++) {
 *     // bucket is the place in the array of counts, index says which borders it has
 *   }
 * }
 * }</pre>
 */
public final class BucketLayout {
  /** No buckets. */
  public static final BucketLayout EMPTY = new BucketLayout(List.of());

  private final List<Span> spans;
  private final int[] firstIndexes;
  private final int end;
  private final int buckets;

  private BucketLayout(List<Span> spans) {
    this.spans = spans;
    firstIndexes = new int[spans.size()];
    long index = 0;
    long sum = 0;
    for (int i = 0; i < firstIndexes.length; i++) {
      Span span = spans.get(i);
      if (i > 0 && span.offset() < 0) {
        throw new NarthexException(
            HistogramErrors.SPAN_OFFSET,
            "span %d of %d has the offset %d; after the first span an offset is 0 or more"
                .formatted(i + 1, firstIndexes.length, span.offset()));
      }
      index += span.offset();
      firstIndexes[i] = (int) index;
      sum += span.length();
      index += span.length();
      if (index > Integer.MAX_VALUE || sum > Integer.MAX_VALUE) {
        throw new NarthexException(
            HistogramErrors.INDEX_RANGE,
            "span %d of %d reaches to the bucket index %d; the largest is %d"
                .formatted(i + 1, firstIndexes.length, index, Integer.MAX_VALUE));
      }
    }
    end = (int) index;
    buckets = (int) sum;
  }

  /**
   * The layout of these spans.
   *
   * @throws NarthexException with a code of {@link HistogramErrors} if they overlap, or reach
   *     beyond 32 bits
   */
  public static BucketLayout of(List<Span> spans) {
    return spans.isEmpty() ? EMPTY : new BucketLayout(List.copyOf(spans));
  }

  /** The layout of these spans. */
  public static BucketLayout of(Span... spans) {
    return of(List.of(spans));
  }

  /**
   * The layout of these buckets with as few spans as can be.
   *
   * @param indexes rising; not kept
   * @param count how many of them count
   */
  public static BucketLayout ofIndexes(int[] indexes, int count) {
    List<Span> spans = new ArrayList<>();
    long end = 0;
    int begin = 0;
    for (int i = 1; i <= count; i++) {
      if (i == count || indexes[i] != indexes[i - 1] + 1) {
        spans.add(new Span(Math.toIntExact(indexes[begin] - end), i - begin));
        end = indexes[i - 1] + 1L;
        begin = i;
      }
    }
    return of(spans);
  }

  /** The spans as they were given. */
  public List<Span> spans() {
    return spans;
  }

  /** How many spans. */
  public int spanCount() {
    return firstIndexes.length;
  }

  /** The index of a span's first bucket. */
  public int firstIndex(int span) {
    return firstIndexes[span];
  }

  /** How many buckets a span has. */
  public int length(int span) {
    return spans.get(span).length();
  }

  /** How many buckets there are. */
  public int buckets() {
    return buckets;
  }

  /** The index after the last span. */
  public int end() {
    return end;
  }

  /** The index of each bucket, rising; a new array. */
  public int[] indexes() {
    int[] indexes = new int[buckets];
    for (int span = 0, bucket = 0; span < firstIndexes.length; span++) {
      int index = firstIndexes[span];
      for (int last = bucket + length(span); bucket < last; bucket++, index++) {
        indexes[bucket] = index;
      }
    }
    return indexes;
  }

  /** The index of the bucket at a place, from 0. */
  int indexAt(int bucket) {
    int before = 0;
    int span = 0;
    while (bucket >= before + length(span)) {
      before += length(span);
      span++;
    }
    return firstIndexes[span] + bucket - before;
  }

  /**
   * Whether both have the same spans, those without buckets left out (upstream: {@code spansMatch}
   * in {@code model/histogram/histogram.go}). Two spans without a gap differ from one that spans
   * both.
   */
  @Override
  public boolean equals(Object other) {
    if (this == other) {
      return true;
    }
    if (!(other instanceof BucketLayout that) || buckets != that.buckets) {
      return false;
    }
    int mine = nextWithBuckets(0);
    int theirs = that.nextWithBuckets(0);
    while (mine < spanCount() && theirs < that.spanCount()) {
      if (firstIndexes[mine] != that.firstIndexes[theirs] || length(mine) != that.length(theirs)) {
        return false;
      }
      mine = nextWithBuckets(mine + 1);
      theirs = that.nextWithBuckets(theirs + 1);
    }
    return mine == spanCount() && theirs == that.spanCount();
  }

  private int nextWithBuckets(int from) {
    int span = from;
    while (span < firstIndexes.length && length(span) == 0) {
      span++;
    }
    return span;
  }

  @Override
  public int hashCode() {
    int hash = buckets;
    for (int span = nextWithBuckets(0); span < spanCount(); span = nextWithBuckets(span + 1)) {
      hash = 31 * (31 * hash + firstIndexes[span]) + length(span);
    }
    return hash;
  }

  /** The spans, each as {@code offset:length}. */
  @Override
  public String toString() {
    return spans.toString();
  }
}
