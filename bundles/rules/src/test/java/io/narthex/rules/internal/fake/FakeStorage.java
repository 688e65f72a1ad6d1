package io.narthex.rules.internal.fake;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.model.MatchType;
import io.narthex.api.model.Matcher;
import io.narthex.api.model.StaleMarker;
import io.narthex.api.storage.AppendOutcome;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.CommitReceipt;
import io.narthex.api.storage.Exemplar;
import io.narthex.api.storage.ExemplarOutcome;
import io.narthex.api.storage.ExemplarSeries;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.SeriesSet;
import io.narthex.api.storage.Storage;
import io.narthex.api.storage.StorageErrors;
import io.narthex.spi.log.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Keeps samples in maps. */
public final class FakeStorage implements Storage {
  public final SortedMap<Labels, TreeMap<Long, Double>> series = new TreeMap<>();
  public final List<AppendSource> open = new ArrayList<>();
  public boolean stopped;
  public boolean commitFails;
  public boolean isFull;

  /** How many reads still fail. */
  public int failingReads;

  public boolean closesFail;
  public int commits;

  private record Pending(Labels labels, long time, double value) {}

  /** A series' samples: {@code 60=1 120=stale}, times in s. */
  public String samples(Labels labels) {
    return series.getOrDefault(labels, new TreeMap<>()).entrySet().stream()
        .map(e -> time(e.getKey()) + "=" + value(e.getValue()))
        .collect(Collectors.joining(" "));
  }

  private static String time(long millis) {
    return millis % 1000 == 0 ? "" + millis / 1000 : "" + millis / 1000.0;
  }

  private static String value(double value) {
    if (StaleMarker.is(value)) {
      return "stale";
    }
    return value == (long) value ? "" + (long) value : "" + value;
  }

  /** Adds a sample. */
  public void add(Labels labels, long time, double value) {
    series.computeIfAbsent(labels, l -> new TreeMap<>()).put(time, value);
  }

  @Override
  public Appender appender(AppendSource source) {
    check();
    open.add(source);
    return new FakeAppender(source);
  }

  private void check() {
    if (stopped) {
      throw new NarthexException(StorageErrors.STOPPED, "the storage has stopped");
    }
  }

  @Override
  public Querier querier(long minTime, long maxTime) {
    check();
    if (failingReads > 0) {
      failingReads--;
      throw new IllegalStateException("a defect");
    }
    return new FakeQuerier();
  }

  @Override
  public List<ExemplarSeries> exemplars(long min, long max, List<List<Matcher>> selectors) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Void> visible(CommitReceipt receipt, Duration limit) {
    throw new UnsupportedOperationException();
  }

  private final class FakeAppender implements Appender {
    private final AppendSource source;
    private final List<Labels> slots = new ArrayList<>();
    private final Map<Labels, Integer> known = new HashMap<>();
    private final List<Pending> pending = new ArrayList<>();

    FakeAppender(AppendSource source) {
      this.source = source;
    }

    @Override
    public int slot(Labels labels) {
      check();
      if (isFull && !series.containsKey(labels)) {
        throw new NarthexException(StorageErrors.SERIES_LIMIT, "no room for a new series");
      }
      return known.computeIfAbsent(
          labels,
          l -> {
            slots.add(l);
            return slots.size() - 1;
          });
    }

    @Override
    public AppendOutcome append(int slot, long timestamp, double value) {
      Labels labels = slots.get(slot);
      TreeMap<Long, Double> samples = series.getOrDefault(labels, new TreeMap<>());
      if (!samples.isEmpty() && samples.lastKey() > timestamp) {
        return AppendOutcome.OUT_OF_ORDER;
      }
      Double there = samples.get(timestamp);
      if (there != null) {
        return Double.doubleToRawLongBits(there) == Double.doubleToRawLongBits(value)
            ? AppendOutcome.ALREADY_THERE
            : AppendOutcome.DUPLICATE_TIMESTAMP;
      }
      pending.add(new Pending(labels, timestamp, value));
      return AppendOutcome.ACCEPTED;
    }

    @Override
    public ExemplarOutcome exemplar(int slot, Exemplar exemplar) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CommitReceipt commit() {
      check();
      if (commitFails) {
        pending.clear();
        throw new NarthexException(StorageErrors.LOG_FAILED, "the disk is full");
      }
      pending.forEach(p -> add(p.labels(), p.time(), p.value()));
      int count = pending.size();
      pending.clear();
      commits++;
      return new CommitReceipt(new Position(0, 0, commits), count, 0);
    }

    @Override
    public void rollback() {
      pending.clear();
    }

    @Override
    public void close() {
      open.remove(source);
      if (closesFail) {
        throw new IllegalStateException("a defect");
      }
    }
  }

  private final class FakeQuerier implements Querier {
    @Override
    public SeriesSet select(long minTime, long maxTime, List<Matcher> matchers) {
      Iterator<Labels> matching =
          series.keySet().stream().filter(labels -> matches(labels, matchers)).iterator();
      return new SeriesSet() {
        private Labels at = Labels.EMPTY;

        @Override
        public boolean next() {
          if (!matching.hasNext()) {
            return false;
          }
          at = matching.next();
          return true;
        }

        @Override
        public Labels labels() {
          return at;
        }

        @Override
        public SampleCursor samples() {
          return cursor(series.get(at).subMap(minTime, true, maxTime, true));
        }

        @Override
        public List<String> warnings() {
          return List.of();
        }
      };
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
    public void close() {}
  }

  private static boolean matches(Labels labels, List<Matcher> matchers) {
    return matchers.stream()
        .allMatch(m -> m.type() == MatchType.EQUAL && labels.get(m.name()).equals(m.value()));
  }

  /** Gives two samples at a time. */
  private static SampleCursor cursor(SortedMap<Long, Double> samples) {
    Iterator<Map.Entry<Long, Double>> rest = samples.entrySet().iterator();
    return (times, values, offset, length) -> {
      int n = 0;
      while (n < 2 && rest.hasNext()) {
        Map.Entry<Long, Double> next = rest.next();
        times[offset + n] = next.getKey();
        values[offset + n] = next.getValue();
        n++;
      }
      return n == 0 ? -1 : n;
    };
  }
}
