package io.narthex.promql.internal;

import com.google.re2j.Pattern;
import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.model.Matcher;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.CommitReceipt;
import io.narthex.api.storage.ExemplarSeries;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.SeriesSet;
import io.narthex.api.storage.Storage;
import io.narthex.api.storage.StorageErrors;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** A storage in maps, read a few samples at a time so that batches end in the middle of windows. */
final class MemoryStorage implements Storage {
  private static final int BATCH = 3;

  private final TreeMap<Labels, TreeMap<Long, Double>> series = new TreeMap<>();

  /** Called at each series that a query comes to. */
  Runnable atEachSeries = () -> {};

  boolean stopped;
  int openQueriers;

  void add(Labels labels, long timestamp, double value) {
    series.computeIfAbsent(labels, l -> new TreeMap<>()).put(timestamp, value);
  }

  void clear() {
    series.clear();
  }

  @Override
  public Appender appender(AppendSource source) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<ExemplarSeries> exemplars(long minTime, long maxTime, List<List<Matcher>> selectors) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Void> visible(CommitReceipt receipt, Duration limit) {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public Querier querier(long minTime, long maxTime) {
    if (stopped) {
      throw new NarthexException(StorageErrors.STOPPED, "the storage has stopped");
    }
    openQueriers++;
    return new Querier() {
      @Override
      public SeriesSet select(long min, long max, List<Matcher> matchers) {
        if (min < minTime || max > maxTime || min > max) {
          throw new AssertionError("select outside of the querier's range: " + min + ".." + max);
        }
        return new Walk(min, max, matchers);
      }

      @Override
      public List<String> labelNames(List<Matcher> matchers) {
        throw new UnsupportedOperationException();
      }

      @Override
      public List<String> labelValues(String name, List<Matcher> matchers) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void close() {
        openQueriers--;
      }
    };
  }

  private final class Walk implements SeriesSet {
    private final long min;
    private final long max;
    private final Iterator<Map.Entry<Labels, TreeMap<Long, Double>>> left;
    private Map.Entry<Labels, TreeMap<Long, Double>> current;

    Walk(long min, long max, List<Matcher> matchers) {
      this.min = min;
      this.max = max;
      List<Predicate<Labels>> conditions = matchers.stream().map(MemoryStorage::condition).toList();
      this.left =
          series.entrySet().stream()
              .filter(e -> conditions.stream().allMatch(c -> c.test(e.getKey())))
              .iterator();
    }

    @Override
    public boolean next() {
      atEachSeries.run();
      if (!left.hasNext()) {
        return false;
      }
      current = left.next();
      return true;
    }

    @Override
    public Labels labels() {
      return current.getKey();
    }

    @Override
    public SampleCursor samples() {
      Map<Long, Double> range = current.getValue().subMap(min, true, max, true);
      long[] times = range.keySet().stream().mapToLong(Long::longValue).toArray();
      double[] values = range.values().stream().mapToDouble(Double::doubleValue).toArray();
      int[] at = {0};
      return (timestamps, out, offset, length) -> {
        int n = Math.min(Math.min(length, BATCH), times.length - at[0]);
        if (n == 0) {
          return -1;
        }
        System.arraycopy(times, at[0], timestamps, offset, n);
        System.arraycopy(values, at[0], out, offset, n);
        at[0] += n;
        return n;
      };
    }

    @Override
    public List<String> warnings() {
      return List.of();
    }
  }

  private static Predicate<Labels> condition(Matcher m) {
    return switch (m.type()) {
      case EQUAL -> labels -> labels.get(m.name()).equals(m.value());
      case NOT_EQUAL -> labels -> !labels.get(m.name()).equals(m.value());
      case REGEX -> matches(m);
      case NOT_REGEX -> matches(m).negate();
    };
  }

  private static Predicate<Labels> matches(Matcher m) {
    Pattern pattern = Pattern.compile("^(?s:" + m.value() + ")$");
    return labels -> pattern.matches(labels.get(m.name()));
  }
}
