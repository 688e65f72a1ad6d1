package io.narthex.pushgateway.internal.group;

import io.narthex.api.model.Label;
import io.narthex.pushgateway.internal.exposition.Count;
import io.narthex.pushgateway.internal.exposition.Metric;
import io.narthex.pushgateway.internal.exposition.MetricFamily;
import io.narthex.pushgateway.internal.exposition.MetricType;
import io.narthex.pushgateway.internal.exposition.MetricValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * How a group is kept in the log. A value is:
 *
 * <pre>
 * version      1 byte, 1
 * texts        count, then each: length in bytes, UTF-8
 * labels       count, then each: name, value
 * times        created, pushed, failed: ms since 1970
 * families     count, then each:
 *   name, help (0 or 1 + text), type (1 byte), pushed: ms since 1970
 *   metrics    count, then each:
 *     labels   as above
 *     value    counter, gauge, untyped: 8 bytes
 *              summary: count, sum (8 bytes), quantiles: count, then each 2 × 8 bytes
 *              histogram: fractional (1 byte), count, sum (8 bytes),
 *                         buckets: count, then each: upper bound (8 bytes), count
 * </pre>
 *
 * Every number without a size is a varint of 7 bits a byte, the lowest first; numbers of 8 bytes
 * are the bits of doubles, the highest byte first; a count of a fractional histogram is 8 bytes. A
 * text is its place in the table of texts. A released version is never changed.
 */
final class GroupFormat {
  private static final int VERSION = 1;

  private GroupFormat() {}

  /** A value that cannot be read. */
  static final class BadGroupException extends Exception {
    private static final long serialVersionUID = 1L;

    BadGroupException(String message) {
      super(message);
    }
  }

  static byte[] write(PushedGroup group) {
    BinaryWriter out = new BinaryWriter();
    labels(out, group.labels().labels());
    out.number(group.createdMillis());
    out.number(group.pushedMillis());
    out.number(group.failedMillis());
    out.number(group.families().size());
    for (StoredFamily stored : group.families().values()) {
      MetricFamily family = stored.family();
      out.text(family.name());
      String help = family.help();
      out.number(help == null ? 0 : 1);
      if (help != null) {
        out.text(help);
      }
      out.number(family.type().ordinal());
      out.number(stored.pushedMillis());
      out.number(family.metrics().size());
      for (Metric metric : family.metrics()) {
        labels(out, metric.labels());
        value(out, metric.value());
      }
    }
    return out.withTexts(VERSION);
  }

  private static void labels(BinaryWriter out, List<Label> labels) {
    out.number(labels.size());
    for (Label label : labels) {
      out.text(label.name());
      out.text(label.value());
    }
  }

  private static void value(BinaryWriter out, MetricValue value) {
    switch (value) {
      case MetricValue.Counter counter -> out.decimal(counter.value());
      case MetricValue.Gauge gauge -> out.decimal(gauge.value());
      case MetricValue.Untyped untyped -> out.decimal(untyped.value());
      case MetricValue.Summary summary -> {
        out.number(summary.count());
        out.decimal(summary.sum());
        out.number(summary.quantiles().size());
        for (MetricValue.Quantile quantile : summary.quantiles()) {
          out.decimal(quantile.quantile());
          out.decimal(quantile.value());
        }
      }
      case MetricValue.Histogram histogram -> histogram(out, histogram);
      case MetricValue.None none ->
          throw new IllegalArgumentException("a metric without a value is not kept");
    }
  }

  private static void histogram(BinaryWriter out, MetricValue.Histogram histogram) {
    out.number(histogram.count().fractional() ? 1 : 0);
    count(out, histogram.count());
    out.decimal(histogram.sum());
    out.number(histogram.buckets().size());
    for (MetricValue.Bucket bucket : histogram.buckets()) {
      out.decimal(bucket.upperBound());
      count(out, bucket.count());
    }
  }

  private static void count(BinaryWriter out, Count count) {
    if (count.fractional()) {
      out.decimal(count.asDouble());
    } else {
      out.number(count.bits());
    }
  }

  static PushedGroup read(byte[] value) throws BadGroupException {
    try {
      BinaryReader in = new BinaryReader(value, VERSION);
      GroupLabels labels = new GroupLabels(labels(in));
      long created = in.number();
      long pushed = in.number();
      long failed = in.number();
      SequencedMap<String, StoredFamily> families = new LinkedHashMap<>();
      for (int left = in.size(); left > 0; left--) {
        StoredFamily family = family(in);
        families.put(family.family().name(), family);
      }
      in.requireEnd();
      return new PushedGroup(labels, created, pushed, failed, families);
    } catch (IllegalArgumentException e) {
      throw new BadGroupException(String.valueOf(e.getMessage()));
    }
  }

  private static List<Label> labels(BinaryReader in) throws BadGroupException {
    int size = in.size();
    List<Label> labels = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      labels.add(new Label(in.text(), in.text()));
    }
    return labels;
  }

  private static StoredFamily family(BinaryReader in) throws BadGroupException {
    String name = in.text();
    @Nullable String help = in.flag() ? in.text() : null;
    long type = in.number();
    if (type < 0 || type >= MetricType.values().length) {
      throw new BadGroupException("the family %s has the unknown type %d".formatted(name, type));
    }
    MetricType known = MetricType.values()[(int) type];
    long pushed = in.number();
    int size = in.size();
    List<Metric> metrics = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      metrics.add(new Metric(labels(in), value(in, known)));
    }
    return new StoredFamily(pushed, new MetricFamily(name, help, known, metrics));
  }

  private static MetricValue value(BinaryReader in, MetricType type) throws BadGroupException {
    return switch (type) {
      case COUNTER -> new MetricValue.Counter(in.decimal());
      case GAUGE -> new MetricValue.Gauge(in.decimal());
      case UNTYPED -> new MetricValue.Untyped(in.decimal());
      case SUMMARY -> summary(in);
      case HISTOGRAM, GAUGE_HISTOGRAM -> histogram(in);
    };
  }

  private static MetricValue summary(BinaryReader in) throws BadGroupException {
    long count = in.number();
    double sum = in.decimal();
    int size = in.size();
    List<MetricValue.Quantile> quantiles = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      quantiles.add(new MetricValue.Quantile(in.decimal(), in.decimal()));
    }
    return new MetricValue.Summary(count, sum, quantiles);
  }

  private static MetricValue histogram(BinaryReader in) throws BadGroupException {
    boolean fractional = in.flag();
    Count count = count(in, fractional);
    double sum = in.decimal();
    int size = in.size();
    List<MetricValue.Bucket> buckets = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      double upperBound = in.decimal();
      buckets.add(new MetricValue.Bucket(upperBound, count(in, fractional)));
    }
    return new MetricValue.Histogram(count, sum, buckets);
  }

  private static Count count(BinaryReader in, boolean fractional) throws BadGroupException {
    return fractional ? Count.fractional(in.decimal()) : Count.whole(in.number());
  }
}
