package io.narthex.scrape.internal;

import io.narthex.api.cluster.Ownership;
import io.narthex.api.exporter.InProcessExporters;
import io.narthex.api.flags.ServerFlags;
import io.narthex.api.http.HttpClients;
import io.narthex.api.readiness.ReadinessCheck;
import io.narthex.api.relabel.Relabelling;
import io.narthex.api.scope.BundleScope;
import io.narthex.api.storage.Storage;
import io.narthex.api.target.ScrapedTarget;
import io.narthex.api.target.ScrapedTargets;
import io.narthex.api.target.Target;
import io.narthex.api.target.TargetMetadata;
import io.narthex.api.target.TargetPool;
import io.narthex.api.target.TargetRegistry;
import io.narthex.api.time.Clock;
import io.narthex.scrape.internal.fetch.ByteSinks;
import io.narthex.scrape.internal.fetch.Decompression;
import io.narthex.scrape.internal.loop.LoopServices;
import io.narthex.scrape.internal.loop.ScrapeLoop;
import io.narthex.scrape.internal.loop.ScrapeMetrics;
import io.narthex.scrape.internal.plain.Addresses;
import io.narthex.scrape.internal.record.SharedRules;
import io.narthex.scrape.internal.thread.ScrapeThread;
import io.narthex.scrape.internal.transport.Sessions;
import io.narthex.scrape.internal.transport.Transports;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.annotations.ReferenceScope;

/**
 * Scrapes each target that this process owns. Storage, the exporter host and the HTTP client may
 * come and go: without storage scrapes are dropped, and go on with the next one there is.
 */
@Component(
    immediate = true,
    service = {ScrapedTargets.class, ReadinessCheck.class})
public final class TargetScraper implements ScrapedTargets, ReadinessCheck {
  private static final Comparator<Target> ORDER =
      Comparator.comparing(Target::pool).thenComparing(Target::labels);

  private static final int RESOLVERS = 16;
  private static final int RESOLVER_QUEUE = 10_000;

  private final Ownership ownership;
  private final ScrapeMetrics metrics;
  private final Sessions sessions = new Sessions();
  private final AtomicReference<@Nullable Storage> storage = new AtomicReference<>();
  private final AtomicReference<@Nullable InProcessExporters> exporters = new AtomicReference<>();

  private final Object lock = new Object();
  private final LoopSet loops;
  private final Set<String> counted = new HashSet<>();
  private List<TargetPool> pools = List.of();
  private boolean closed;

  /** Subscribes to the targets. */
  @Activate
  public TargetScraper(
      @Reference TargetRegistry registry,
      @Reference Ownership ownership,
      @Reference Relabelling relabelling,
      @Reference Clock clock,
      @Reference ServerFlags flags,
      @Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED) BundleScope scope) {
    this.ownership = ownership;
    this.metrics = new ScrapeMetrics(scope.metrics());
    ByteSinks sinks = new ByteSinks(ByteSinks.BODY_LIMIT);
    Transports transports =
        new Transports(
            "Prometheus/" + flags.upstreamVersion(),
            sinks,
            new Addresses(scope.pool("resolve", RESOLVERS, RESOLVER_QUEUE)),
            sessions,
            exporters::get,
            name -> Optional.ofNullable(System.getenv(name)).orElse(""));
    boolean adjust = flags.isOn("scrape.adjust-timestamps");
    LoopServices services =
        new LoopServices(
            clock,
            storage::get,
            sinks,
            new Decompression(),
            metrics,
            adjust ? flags.duration("scrape.timestamp-tolerance").toMillis() : 0);
    this.loops =
        new LoopSet(services, transports, threads(clock, scope), new SharedRules(relabelling));
    scope.own(registry.subscribe(this::want));
    scope.own(ownership.onChange(this::follow));
  }

  /** Half of the cores: a thread can scrape hundreds of thousands of series a second. */
  private static List<ScrapeThread> threads(Clock clock, BundleScope scope) {
    int count = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    List<ScrapeThread> threads = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      ScrapeThread thread = scope.own(new ScrapeThread("scrape-" + i, clock, scope));
      thread.start();
      threads.add(thread);
    }
    return threads;
  }

  /**
   * Stops all loops, without stale markers: the next server or update goes on with the same series.
   */
  @Deactivate
  public void deactivate() {
    List<ScrapeLoop> all;
    synchronized (lock) {
      closed = true;
      all = loops.clear();
    }
    all.forEach(ScrapeLoop::close);
    sessions.use(null);
  }

  /** A storage has come. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void bindStorage(Storage coming) {
    storage.set(coming);
  }

  /** A storage is going: its leases are given back at once, so that it can free its memory. */
  public void unbindStorage(Storage going) {
    storage.compareAndSet(going, null);
    List<ScrapeLoop> all;
    synchronized (lock) {
      all = loops.all();
    }
    all.forEach(loop -> loop.release(going));
  }

  /** The exporter host has come. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void bindExporters(InProcessExporters coming) {
    exporters.set(coming);
  }

  /** The exporter host is going. */
  public void unbindExporters(InProcessExporters going) {
    exporters.compareAndSet(going, null);
  }

  /** The HTTP client has come. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void bindHttpClients(HttpClients coming) {
    sessions.use(coming);
  }

  /** The HTTP client is going. */
  public void unbindHttpClients(HttpClients going) {
    sessions.drop(going);
  }

  @Override
  public List<ScrapedTarget> list() {
    List<ScrapedTarget> targets = new ArrayList<>();
    synchronized (lock) {
      loops.loops().forEach(loop -> targets.add(loop.last()));
    }
    targets.sort(Comparator.comparing(ScrapedTarget::target, ORDER));
    return targets;
  }

  @Override
  public List<TargetMetadata> metadata() {
    Collection<ScrapeLoop> now;
    synchronized (lock) {
      now = loops.loops();
    }
    return now.stream()
        .map(ScrapeLoop::metadata)
        .sorted(Comparator.comparing(TargetMetadata::target, ORDER))
        .toList();
  }

  @Override
  public String part() {
    return "scrape";
  }

  @Override
  public Optional<String> notReady() {
    return storage.get() == null
        ? Optional.of("there is no storage, so nothing is scraped")
        : Optional.empty();
  }

  private void want(List<TargetPool> now) {
    synchronized (lock) {
      pools = List.copyOf(now);
      now.forEach(pool -> metrics.sync(pool.name()));
      follow();
    }
  }

  /** The targets have changed, or who owns which: those that others scrape get no stale markers. */
  private void follow() {
    synchronized (lock) {
      if (closed) {
        return;
      }
      loops.follow(pools, key -> ownership.owns("target", key.text()), this::forget);
      countPools();
    }
  }

  private void forget(ScrapeLoop loop) {
    synchronized (lock) {
      loops.forget(loop);
    }
  }

  private void countPools() {
    Map<String, Integer> sizes = loops.sizes();
    counted.forEach(pool -> sizes.putIfAbsent(pool, 0));
    sizes.forEach(metrics::poolTargets);
    counted.addAll(sizes.keySet());
  }
}
