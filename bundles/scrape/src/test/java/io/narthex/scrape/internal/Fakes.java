package io.narthex.scrape.internal;

import io.narthex.api.cluster.Ownership;
import io.narthex.api.flags.ServerFlags;
import io.narthex.api.metrics.MetricRegistry;
import io.narthex.api.scope.BundleScope;
import io.narthex.api.target.TargetPool;
import io.narthex.api.target.TargetRegistry;
import io.narthex.api.time.Clock;
import io.narthex.scrape.internal.loop.FakeMetrics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Stand-ins for what the runtime gives. */
final class Fakes {
  private Fakes() {}

  static final class SystemClock implements Clock {
    @Override
    public long wallMillis() {
      return System.currentTimeMillis();
    }

    @Override
    public long monotonicNanos() {
      return System.nanoTime();
    }
  }

  static final class FakeRegistry implements TargetRegistry {
    private final Map<String, List<TargetPool>> targets = new LinkedHashMap<>();
    private final List<Consumer<List<TargetPool>>> listeners = new ArrayList<>();

    @Override
    public synchronized void publish(String publisher, List<TargetPool> published) {
      targets.put(publisher, published);
      listeners.forEach(l -> l.accept(all()));
    }

    @Override
    public synchronized Map<String, List<TargetPool>> pools() {
      return Map.copyOf(targets);
    }

    @Override
    public synchronized Subscription subscribe(Consumer<List<TargetPool>> listener) {
      listeners.add(listener);
      listener.accept(all());
      return () -> listeners.remove(listener);
    }

    private List<TargetPool> all() {
      return targets.values().stream().flatMap(List::stream).toList();
    }
  }

  static final class FakeOwnership implements Ownership {
    boolean owns = true;
    private Runnable listener = () -> {};

    void change(boolean nowOwned) {
      owns = nowOwned;
      listener.run();
    }

    @Override
    public boolean owns(String kind, String key) {
      return kind.equals("target") && owns;
    }

    @Override
    public long epoch() {
      return 0;
    }

    @Override
    public AutoCloseable onChange(Runnable changed) {
      listener = changed;
      return () -> listener = () -> {};
    }
  }

  static final class FakeScope implements BundleScope, AutoCloseable {
    final FakeMetrics metrics = new FakeMetrics();
    private final List<AutoCloseable> owned = new ArrayList<>();

    @Override
    public ExecutorService pool(String name, int threads, int queueCapacity) {
      return own(
          new ThreadPoolExecutor(
              threads, threads, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(queueCapacity)));
    }

    @Override
    public ScheduledExecutorService scheduler(String name) {
      ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
      own((AutoCloseable) scheduler::shutdownNow);
      return scheduler;
    }

    @Override
    public Thread thread(String name, Runnable body) {
      Thread thread = new Thread(body, name);
      thread.setDaemon(true);
      return thread;
    }

    @Override
    public MetricRegistry metrics() {
      return metrics;
    }

    @Override
    public <T extends AutoCloseable> T own(T resource) {
      owned.add(resource);
      return resource;
    }

    @Override
    public void close() throws Exception {
      for (AutoCloseable resource : owned.reversed()) {
        resource.close();
      }
    }
  }

  static final class FakeFlags implements ServerFlags {
    @Override
    public SortedMap<String, String> listing() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String get(String name) {
      if (!name.equals("scrape.timestamp-tolerance")) {
        throw new IllegalArgumentException(name);
      }
      return "2ms";
    }

    @Override
    public Optional<String> find(String name) {
      throw new IllegalArgumentException(name);
    }

    @Override
    public List<String> all(String name) {
      throw new IllegalArgumentException(name);
    }

    @Override
    public boolean isOn(String name) {
      if (!name.equals("scrape.adjust-timestamps")) {
        throw new IllegalArgumentException(name);
      }
      return true;
    }

    @Override
    public Path dataDirectory() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Path home() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String narthexVersion() {
      return "0.1.0";
    }

    @Override
    public String upstreamVersion() {
      return "3.14.0";
    }
  }
}
