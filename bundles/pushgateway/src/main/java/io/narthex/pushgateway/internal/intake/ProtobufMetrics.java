package io.narthex.pushgateway.internal.intake;

import io.narthex.api.model.Label;
import io.narthex.pushgateway.internal.exposition.Count;
import io.narthex.pushgateway.internal.exposition.GoQuote;
import io.narthex.pushgateway.internal.exposition.MemoryWeight;
import io.narthex.pushgateway.internal.exposition.Metric;
import io.narthex.pushgateway.internal.exposition.MetricType;
import io.narthex.pushgateway.internal.exposition.MetricValue;
import io.narthex.pushgateway.internal.intake.ProtobufReader.FamilyException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads messages of the type {@code io.prometheus.client.Metric}. */
final class ProtobufMetrics {
  // The tags of the fields: the number of the field, and the kind.
  private static final int LABEL = 1 << 3 | 2;
  private static final int GAUGE = 2 << 3 | 2;
  private static final int COUNTER = 3 << 3 | 2;
  private static final int SUMMARY = 4 << 3 | 2;
  private static final int UNTYPED = 5 << 3 | 2;
  private static final int TIMESTAMP = 6 << 3;
  private static final int HISTOGRAM = 7 << 3 | 2;
  private static final int TEXT_1 = 1 << 3 | 2;
  private static final int TEXT_2 = 2 << 3 | 2;
  private static final int NUMBER_1 = 1 << 3;
  private static final int DOUBLE_1 = 1 << 3 | 1;
  private static final int DOUBLE_2 = 2 << 3 | 1;
  private static final int MESSAGE_3 = 3 << 3 | 2;
  private static final int DOUBLE_4 = 4 << 3 | 1;

  /** The fields of a histogram from this number to the other one make a native one. */
  private static final int FIRST_NATIVE = 5;

  private static final int LAST_NATIVE = 14;

  private final IntakeMemory.Share memory;

  /** One string for each name of a label. */
  private final Map<String, String> labelNames = new HashMap<>();

  private boolean timestamped;

  ProtobufMetrics(IntakeMemory.Share memory) {
    this.memory = memory;
  }

  boolean timestamped() {
    return timestamped;
  }

  /**
   * Reads a metric; of several values that of the family's type counts.
   *
   * @param family the name, for the errors
   */
  Metric read(Wire in, MetricType type, String family) throws PushFormatException, FamilyException {
    List<Label> labels = new ArrayList<>(4);
    MetricValue value = new MetricValue.None();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case LABEL -> labels.add(label(in.message(), family));
        case GAUGE -> value = chosen(value, new MetricValue.Gauge(number(in.message())), type);
        case COUNTER -> value = chosen(value, new MetricValue.Counter(number(in.message())), type);
        case SUMMARY -> value = chosen(value, summary(in.message()), type);
        case UNTYPED -> value = chosen(value, new MetricValue.Untyped(number(in.message())), type);
        case TIMESTAMP -> {
          in.varint();
          timestamped = true;
        }
        case HISTOGRAM -> value = chosen(value, histogram(in.message(), family), type);
        default -> in.skip();
      }
    }
    return new Metric(labels, value);
  }

  private static MetricValue chosen(MetricValue before, MetricValue next, MetricType type) {
    return before.fits(type) && !next.fits(type) ? before : next;
  }

  private Label label(Wire in, String family) throws PushFormatException, FamilyException {
    String name = "";
    String value = "";
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case TEXT_1 -> name = label(in, family, "name");
        case TEXT_2 -> value = label(in, family, "value");
        default -> in.skip();
      }
    }
    memory.add(MemoryWeight.LABEL + value.length());
    return new Label(oneName(name), value);
  }

  private String oneName(String name) throws PushTooLargeException {
    String known = labelNames.get(name);
    if (known != null) {
      return known;
    }
    memory.add(MemoryWeight.PART + name.length());
    labelNames.put(name, name);
    return name;
  }

  private static String label(Wire in, String family, String what)
      throws PushFormatException, FamilyException {
    @Nullable String text = in.text();
    if (text == null) {
      throw new FamilyException(
          "a label %s of the metric %s is no UTF-8".formatted(what, GoQuote.quote(family)));
    }
    return text;
  }

  private static double number(Wire in) throws PushFormatException {
    double value = 0;
    for (int field = in.next(); field != 0; field = in.next()) {
      if (field == DOUBLE_1) {
        value = in.doubleValue();
      } else {
        in.skip();
      }
    }
    return value;
  }

  private MetricValue summary(Wire in) throws PushFormatException {
    memory.add(MemoryWeight.PART);
    long count = 0;
    double sum = 0;
    List<MetricValue.Quantile> quantiles = new ArrayList<>();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case NUMBER_1 -> {
          count = in.varint();
        }
        case DOUBLE_2 -> {
          sum = in.doubleValue();
        }
        case MESSAGE_3 -> {
          memory.add(MemoryWeight.PART);
          quantiles.add(quantile(in.message()));
        }
        default -> in.skip();
      }
    }
    return new MetricValue.Summary(count, sum, quantiles);
  }

  private static MetricValue.Quantile quantile(Wire in) throws PushFormatException {
    double quantile = 0;
    double value = 0;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case DOUBLE_1 -> {
          quantile = in.doubleValue();
        }
        case DOUBLE_2 -> {
          value = in.doubleValue();
        }
        default -> in.skip();
      }
    }
    return new MetricValue.Quantile(quantile, value);
  }

  private MetricValue histogram(Wire in, String family)
      throws PushFormatException, FamilyException {
    memory.add(MemoryWeight.PART);
    Count count = Count.ZERO;
    double sum = 0;
    List<MetricValue.Bucket> buckets = new ArrayList<>();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case NUMBER_1 -> {
          count = count.fractional() ? pass(in, count) : Count.whole(in.varint());
        }
        case DOUBLE_2 -> {
          sum = in.doubleValue();
        }
        case MESSAGE_3 -> {
          memory.add(MemoryWeight.PART);
          buckets.add(bucket(in.message()));
        }
        case DOUBLE_4 -> {
          count = fractional(in.doubleValue(), count);
        }
        default -> {
          if (field >>> 3 >= FIRST_NATIVE && field >>> 3 <= LAST_NATIVE) {
            throw new FamilyException(
                ("native histograms are not supported: the metric %s has one,"
                        + " push it with classic buckets only")
                    .formatted(GoQuote.quote(family)));
          }
          in.skip();
        }
      }
    }
    return MetricDraft.histogram(count, sum, buckets);
  }

  private static MetricValue.Bucket bucket(Wire in) throws PushFormatException {
    Count count = Count.ZERO;
    double upperBound = 0;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case NUMBER_1 -> {
          count = count.fractional() ? pass(in, count) : Count.whole(in.varint());
        }
        case DOUBLE_2 -> {
          upperBound = in.doubleValue();
        }
        case DOUBLE_4 -> {
          count = fractional(in.doubleValue(), count);
        }
        default -> in.skip();
      }
    }
    return new MetricValue.Bucket(upperBound, count);
  }

  /** A fraction that is not 0 counts more than a whole number, as upstream has it. */
  private static Count fractional(double value, Count before) {
    return value == 0 ? before : Count.fractional(value);
  }

  private static Count pass(Wire in, Count before) throws PushFormatException {
    in.varint();
    return before;
  }
}
