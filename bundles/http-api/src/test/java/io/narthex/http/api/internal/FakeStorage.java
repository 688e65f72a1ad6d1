package io.narthex.http.api.internal;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.model.Matcher;
import io.narthex.api.model.Utf8Order;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Series with one sample each. Like the real one it knows no time when it gives series and labels.
 */
final class FakeStorage implements Storage {
  private volatile Error failure;
  final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
  final AtomicInteger open = new AtomicInteger();
  final Semaphore blocked = new Semaphore(0);
  private final Map<Labels, Long> series = new TreeMap<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<ExemplarSeries> exemplars = new ArrayList<>();
  private volatile boolean blocking;

  FakeStorage with(long timestamp, String... labels) {
    series.put(Labels.of(labels), timestamp);
    return this;
  }

  FakeStorage warning(String warning) {
    warnings.add(warning);
    return this;
  }

  /** Each read waits until its querier is closed. */
  FakeStorage blocking() {
    blocking = true;
    return this;
  }

  @Override
  public Querier querier(long minTime, long maxTime) {
    asked.add("%s %d %d".formatted(Thread.currentThread().getName(), minTime, maxTime));
    open.incrementAndGet();
    return new FakeQuerier();
  }

  /** Whoever asks for exemplars runs into this. */
  void failWith(Error failure) {
    this.failure = failure;
  }

  /** Gives these exemplars, whoever asks. */
  FakeStorage exemplars(ExemplarSeries... given) {
    exemplars.addAll(List.of(given));
    return this;
  }

  @Override
  public List<ExemplarSeries> exemplars(long minTime, long maxTime, List<List<Matcher>> selectors) {
    asked.add(
        "%s %d %d %d"
            .formatted(Thread.currentThread().getName(), minTime, maxTime, selectors.size()));
    if (failure != null) {
      throw failure;
    }
    return exemplars;
  }

  @Override
  public Appender appender(AppendSource source) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Void> visible(CommitReceipt receipt, Duration limit) {
    throw new UnsupportedOperationException();
  }

  private final class FakeQuerier implements Querier {
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CountDownLatch end = new CountDownLatch(1);

    @Override
    public SeriesSet select(long minTime, long maxTime, List<Matcher> matchers) {
      check();
      return new Set(found(matchers), minTime, maxTime);
    }

    @Override
    public List<String> labelNames(List<Matcher> matchers) {
      check();
      return sorted(found(matchers).stream().flatMap(FakeStorage::names));
    }

    @Override
    public List<String> labelValues(String name, List<Matcher> matchers) {
      check();
      return sorted(
          found(matchers).stream().map(l -> l.get(name)).filter(value -> !value.isEmpty()));
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        open.decrementAndGet();
        end.countDown();
      }
    }

    private void check() {
      if (blocking) {
        blocked.release();
        try {
          end.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      if (closed.get()) {
        throw new NarthexException(StorageErrors.STOPPED, "the storage has stopped");
      }
    }
  }

  private List<Labels> found(List<Matcher> matchers) {
    return series.keySet().stream()
        .filter(l -> matchers.stream().allMatch(matcher -> matches(l, matcher)))
        .toList();
  }

  private static boolean matches(Labels labels, Matcher matcher) {
    String value = labels.get(matcher.name());
    return switch (matcher.type()) {
      case EQUAL -> value.equals(matcher.value());
      case NOT_EQUAL -> !value.equals(matcher.value());
      case REGEX -> value.matches(matcher.value());
      case NOT_REGEX -> !value.matches(matcher.value());
    };
  }

  private static Stream<String> names(Labels labels) {
    return labels.toList().stream().map(label -> label.name());
  }

  private static List<String> sorted(Stream<String> strings) {
    Collection<String> set = new TreeSet<>(Utf8Order.COMPARATOR);
    strings.forEach(set::add);
    return List.copyOf(set);
  }

  private final class Set implements SeriesSet {
    private final List<Labels> found;
    private final long minTime;
    private final long maxTime;
    private int at = -1;

    Set(List<Labels> found, long minTime, long maxTime) {
      this.found = found;
      this.minTime = minTime;
      this.maxTime = maxTime;
    }

    @Override
    public boolean next() {
      return ++at < found.size();
    }

    @Override
    public Labels labels() {
      return found.get(at);
    }

    @Override
    public SampleCursor samples() {
      long time = series.get(labels());
      return (timestamps, values, offset, length) -> time >= minTime && time <= maxTime ? 1 : -1;
    }

    @Override
    public List<String> warnings() {
      return at < found.size() ? List.of() : List.copyOf(warnings);
    }
  }
}
