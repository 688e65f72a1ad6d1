package io.narthex.scrape.internal.loop;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
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
import io.narthex.api.storage.Storage;
import io.narthex.api.storage.StorageErrors;
import io.narthex.spi.log.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** A storage in memory that says what was committed. */
public final class FakeStorage implements Storage {
  /** What was committed: labels, then time, then value. */
  private final Map<Labels, TreeMap<Long, Double>> series = new HashMap<>();

  private final List<AppendSource> sources = new ArrayList<>();
  private final Map<Labels, List<Exemplar>> exemplars = new HashMap<>();
  private final List<String> decimals = new ArrayList<>();
  private boolean stopped;
  private boolean logBroken;
  private int seriesLimit = Integer.MAX_VALUE;
  private int commits;
  private int open;

  @Override
  public synchronized Appender appender(AppendSource source) {
    checkRunning();
    sources.add(source);
    open++;
    return new FakeAppender();
  }

  @Override
  public Querier querier(long minTime, long maxTime) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<ExemplarSeries> exemplars(long minTime, long maxTime, List<List<Matcher>> selectors) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Void> visible(CommitReceipt receipt, Duration limit) {
    throw new UnsupportedOperationException();
  }

  public synchronized void stop() {
    stopped = true;
  }

  public synchronized void breakLog(boolean broken) {
    logBroken = broken;
  }

  public synchronized void limitSeries(int limit) {
    seriesLimit = limit;
  }

  public synchronized int commits() {
    return commits;
  }

  public synchronized int openAppenders() {
    return open;
  }

  public synchronized List<AppendSource> sources() {
    return List.copyOf(sources);
  }

  /** The samples of a series, {@code time=value}, with {@code stale} for the marker. */
  public synchronized String samples(String... labels) {
    List<String> samples = new ArrayList<>();
    series
        .getOrDefault(Labels.of(labels), new TreeMap<>())
        .forEach(
            (time, value) ->
                samples.add(time + "=" + (StaleMarker.is(value) ? "stale" : number(value))));
    return String.join(" ", samples);
  }

  private static String number(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }

  /** The samples that were handed over as decimals, as {@code mantissa/10^decimals}. */
  public synchronized List<String> decimals() {
    return List.copyOf(decimals);
  }

  /** The exemplars of a series, as {@code time={labels} value}. */
  public synchronized List<String> exemplars(Labels labels) {
    return exemplars.getOrDefault(labels, List.of()).stream()
        .map(e -> e.timestamp() + "=" + e.labels() + " " + number(e.value()))
        .toList();
  }

  /** The samples of a series, {@code time=value}, with {@code stale} for the marker. */
  public synchronized String samples(Labels labels) {
    return samples(
        labels.toList().stream()
            .flatMap(l -> Stream.of(l.name(), l.value()))
            .toArray(String[]::new));
  }

  public synchronized List<Labels> series() {
    return series.keySet().stream().sorted().toList();
  }

  private void checkRunning() {
    if (stopped) {
      throw new NarthexException(StorageErrors.STOPPED, "the storage has stopped");
    }
  }

  private final class FakeAppender implements Appender {
    private record Pending(int slot, long time, double value) {}

    private final List<Labels> slots = new ArrayList<>();
    private final List<Pending> pending = new ArrayList<>();
    private final Map<Labels, List<Exemplar>> pendingExemplars = new HashMap<>();
    private boolean closed;

    @Override
    public int slot(Labels labels) {
      synchronized (FakeStorage.this) {
        checkRunning();
        int known = slots.indexOf(labels);
        if (known >= 0) {
          return known;
        }
        if (!series.containsKey(labels) && series.size() + slots.size() >= seriesLimit) {
          throw new NarthexException(StorageErrors.SERIES_LIMIT, "no room for a new series");
        }
        slots.add(labels);
        return slots.size() - 1;
      }
    }

    @Override
    public AppendOutcome append(int slot, long timestamp, double value) {
      synchronized (FakeStorage.this) {
        checkRunning();
        Map.Entry<Long, Double> last = last(slot);
        if (last != null && last.getKey() > timestamp) {
          return AppendOutcome.OUT_OF_ORDER;
        }
        if (last != null && last.getKey() == timestamp) {
          return Double.doubleToRawLongBits(last.getValue()) == Double.doubleToRawLongBits(value)
              ? AppendOutcome.ALREADY_THERE
              : AppendOutcome.DUPLICATE_TIMESTAMP;
        }
        pending.add(new Pending(slot, timestamp, value));
        return AppendOutcome.ACCEPTED;
      }
    }

    private Map.Entry<Long, Double> last(int slot) {
      for (Pending sample : pending.reversed()) {
        if (sample.slot == slot) {
          return Map.entry(sample.time, sample.value);
        }
      }
      TreeMap<Long, Double> stored = series.get(slots.get(slot));
      return stored == null ? null : stored.lastEntry();
    }

    @Override
    public AppendOutcome append(int slot, long timestamp, double value, long mantissa, int places) {
      decimals.add(mantissa + "/10^" + places);
      return append(slot, timestamp, value);
    }

    /** Upstream's rules but for those about labels. */
    @Override
    public ExemplarOutcome exemplar(int slot, Exemplar exemplar) {
      synchronized (FakeStorage.this) {
        Labels labels = slots.get(slot);
        List<Exemplar> before =
            pendingExemplars.computeIfAbsent(
                labels, l -> new ArrayList<>(exemplars.getOrDefault(l, List.of())));
        if (!before.isEmpty() && before.getLast().equals(exemplar)) {
          return ExemplarOutcome.ALREADY_THERE;
        }
        if (!before.isEmpty() && before.getLast().timestamp() > exemplar.timestamp()) {
          return ExemplarOutcome.OUT_OF_ORDER;
        }
        before.add(exemplar);
        return ExemplarOutcome.ACCEPTED;
      }
    }

    @Override
    public CommitReceipt commit() {
      synchronized (FakeStorage.this) {
        checkRunning();
        if (logBroken) {
          rollback();
          throw new NarthexException(StorageErrors.LOG_FAILED, "the disk is full");
        }
        pending.forEach(
            s ->
                series
                    .computeIfAbsent(slots.get(s.slot), l -> new TreeMap<>())
                    .put(s.time, s.value));
        exemplars.putAll(pendingExemplars);
        pendingExemplars.clear();
        CommitReceipt receipt = new CommitReceipt(new Position(0, 1, ++commits), pending.size(), 0);
        pending.clear();
        return receipt;
      }
    }

    @Override
    public void rollback() {
      pending.clear();
      pendingExemplars.clear();
    }

    @Override
    public void close() {
      synchronized (FakeStorage.this) {
        if (!closed) {
          closed = true;
          open--;
        }
      }
    }
  }
}
