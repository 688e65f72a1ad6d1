package io.narthex.remote.internal.write;

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
import java.util.concurrent.CountDownLatch;

/** A storage in memory that says what was committed. */
public final class FakeStorage implements Storage {
  /** What was committed: labels, then time, then value. */
  private final Map<Labels, TreeMap<Long, Double>> series = new HashMap<>();

  /** Exemplars by series, in the order of their commits; those of unknown series are dropped. */
  private final Map<Labels, List<Exemplar>> exemplars = new HashMap<>();

  private final List<AppendSource> sources = new ArrayList<>();
  private boolean keepsExemplars = true;
  private boolean stopped;
  private boolean logBroken;
  private boolean diskFull;
  private boolean defective;
  private int seriesLimit = Integer.MAX_VALUE;
  private int commits;
  private int open;
  private CountDownLatch gate = new CountDownLatch(0);

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
  public List<ExemplarSeries> exemplars(long min, long max, List<List<Matcher>> selectors) {
    throw new UnsupportedOperationException();
  }

  /** The exemplars of a series, {@code time=value labels}. */
  public synchronized List<String> exemplars(String... labels) {
    return exemplars.getOrDefault(Labels.of(labels), List.of()).stream()
        .map(e -> e.timestamp() + "=" + number(e.value()) + " " + e.labels())
        .toList();
  }

  @Override
  public CompletionStage<Void> visible(CommitReceipt receipt, Duration limit) {
    throw new UnsupportedOperationException();
  }

  /** Lets commits wait until the latch is open. */
  public synchronized void holdCommits(CountDownLatch latch) {
    gate = latch;
  }

  private synchronized CountDownLatch gate() {
    return gate;
  }

  public synchronized void keepNoExemplars() {
    keepsExemplars = false;
  }

  public synchronized void stop() {
    stopped = true;
  }

  public synchronized void fillDisk(boolean full) {
    diskFull = full;
  }

  public synchronized void breakLog(boolean broken) {
    logBroken = broken;
  }

  /** Lets commits fail as only a defect would. */
  public synchronized void breakCode(boolean broken) {
    defective = broken;
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
    private final Map<Integer, List<Exemplar>> pendingExemplars = new TreeMap<>();
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
        if (timestamp < 0) {
          return AppendOutcome.OUT_OF_BOUNDS;
        }
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

    @Override
    public ExemplarOutcome exemplar(int slot, Exemplar exemplar) {
      synchronized (FakeStorage.this) {
        checkRunning();
        List<Exemplar> known = exemplars.getOrDefault(slots.get(slot), List.of());
        ExemplarOutcome outcome = outcome(known, exemplar);
        if (outcome == ExemplarOutcome.ACCEPTED) {
          pendingExemplars.computeIfAbsent(slot, s -> new ArrayList<>()).add(exemplar);
        }
        return outcome;
      }
    }

    private ExemplarOutcome outcome(List<Exemplar> known, Exemplar exemplar) {
      int chars =
          exemplar.labels().toList().stream()
              .mapToInt(label -> label.name().length() + label.value().length())
              .sum();
      if (!keepsExemplars || chars > 128) {
        return keepsExemplars ? ExemplarOutcome.LABELS_TOO_LONG : ExemplarOutcome.NOT_KEPT;
      }
      if (known.isEmpty()) {
        return ExemplarOutcome.ACCEPTED;
      }
      Exemplar newest = known.getLast();
      int order =
          newest.timestamp() == exemplar.timestamp()
              ? Double.compare(exemplar.value(), newest.value())
              : Long.compare(exemplar.timestamp(), newest.timestamp());
      if (order == 0) {
        return ExemplarOutcome.ALREADY_THERE;
      }
      return order < 0 ? ExemplarOutcome.OUT_OF_ORDER : ExemplarOutcome.ACCEPTED;
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
    public CommitReceipt commit() {
      try {
        gate().await();
      } catch (InterruptedException e) {
        throw new NarthexException(StorageErrors.STOPPED, "interrupted");
      }
      synchronized (FakeStorage.this) {
        checkRunning();
        if (defective) {
          throw new NoClassDefFoundError("for the test");
        }
        if (diskFull) {
          pending.clear();
          throw new NarthexException(StorageErrors.NO_ROOM, "no samples are taken");
        }
        if (logBroken) {
          pending.clear();
          throw new NarthexException(StorageErrors.LOG_FAILED, "the disk is full");
        }
        pending.forEach(
            s ->
                series
                    .computeIfAbsent(slots.get(s.slot), l -> new TreeMap<>())
                    .put(s.time, s.value));
        pendingExemplars.forEach(
            (slot, added) -> {
              if (series.containsKey(slots.get(slot))) {
                List<Exemplar> known =
                    exemplars.computeIfAbsent(slots.get(slot), l -> new ArrayList<>());
                added.stream()
                    .filter(each -> outcome(known, each) == ExemplarOutcome.ACCEPTED)
                    .forEach(known::add);
              }
            });
        CommitReceipt receipt = new CommitReceipt(new Position(0, 1, ++commits), pending.size(), 0);
        pending.clear();
        pendingExemplars.clear();
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
