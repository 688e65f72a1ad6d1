package io.narthex.scrape.internal;

import io.narthex.api.cluster.Ownership;
import io.narthex.api.exporter.InProcessExporters;
import io.narthex.api.flags.ServerFlags;
import io.narthex.api.readiness.ReadinessCheck;
import io.narthex.api.scope.BundleScope;
import io.narthex.api.storage.Storage;
import io.narthex.api.target.ScrapedTarget;
import io.narthex.api.target.ScrapedTargets;
import io.narthex.api.target.Target;
import io.narthex.api.target.TargetRegistry;
import io.narthex.api.time.Clock;
import io.narthex.scrape.internal.fetch.ByteSinks;
import io.narthex.scrape.internal.fetch.EndpointFetcher;
import io.narthex.scrape.internal.fetch.HttpFetcher;
import io.narthex.scrape.internal.loop.LoopServices;
import io.narthex.scrape.internal.loop.ScrapeLoop;
import io.narthex.scrape.internal.loop.ScrapeMetrics;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
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
 * Keeps one loop for each target that this process owns. A target that is equal to one before keeps
 * its loop. Storage and the exporter host may come and go: without storage scrapes are dropped, and
 * go on with the next one there is.
 */
@Component(
    immediate = true,
    service = {ScrapedTargets.class, ReadinessCheck.class})
public final class TargetScraper implements ScrapedTargets, ReadinessCheck {
  private static final int INGEST_THREADS = 2;
  private static final int INGEST_QUEUE = 4096;

  private final Ownership ownership;
  private final ScrapeMetrics metrics;
  private final LoopServices services;
  private final AtomicReference<@Nullable Storage> storage = new AtomicReference<>();
  private final AtomicReference<@Nullable InProcessExporters> exporters = new AtomicReference<>();

  private final Object lock = new Object();
  private final Map<Target, ScrapeLoop> loops = new HashMap<>();
  private final Set<ScrapeLoop> ending = new HashSet<>();
  private final Set<String> pools = new HashSet<>();
  private List<Target> wanted = List.of();
  private boolean closed;

  /** Subscribes to the targets. */
  @Activate
  public TargetScraper(
      @Reference TargetRegistry registry,
      @Reference Ownership ownership,
      @Reference Clock clock,
      @Reference ServerFlags flags,
      @Reference Vertx vertx,
      @Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED) BundleScope scope) {
    this.ownership = ownership;
    this.metrics = new ScrapeMetrics(scope.metrics());
    ByteSinks sinks = new ByteSinks(ByteSinks.BODY_LIMIT);
    String userAgent = "Prometheus/" + flags.upstreamVersion();
    HttpFetcher http = scope.own(new HttpFetcher(vertx, userAgent, sinks));
    this.services =
        new LoopServices(
            clock,
            scope.scheduler("schedule"),
            scope.pool("ingest", INGEST_THREADS, INGEST_QUEUE),
            new EndpointFetcher(http, exporters::get, sinks),
            storage::get,
            sinks,
            metrics);
    scope.own(registry.subscribe(this::want));
    scope.own(ownership.onChange(this::follow));
  }

  /**
   * Stops all loops, without stale markers: the next server or update goes on with the same series.
   */
  @Deactivate
  public void deactivate() {
    List<ScrapeLoop> all;
    synchronized (lock) {
      closed = true;
      all = all();
      loops.clear();
      ending.clear();
    }
    all.forEach(ScrapeLoop::close);
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
      all = all();
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

  @Override
  public List<ScrapedTarget> list() {
    List<ScrapedTarget> targets = new ArrayList<>();
    synchronized (lock) {
      loops.values().forEach(loop -> targets.add(loop.last()));
    }
    targets.sort(
        Comparator.comparing((ScrapedTarget t) -> t.target().pool())
            .thenComparing(t -> t.target().labels()));
    return targets;
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

  private void want(List<Target> targets) {
    synchronized (lock) {
      wanted = List.copyOf(targets);
      sync(true);
    }
  }

  /** Who owns what has changed: targets that others scrape now go without stale markers. */
  private void follow() {
    synchronized (lock) {
      sync(false);
    }
  }

  private void sync(boolean staleMarkers) {
    if (closed) {
      return;
    }
    Set<Target> present = new LinkedHashSet<>(wanted);
    for (Map.Entry<Target, ScrapeLoop> entry : List.copyOf(loops.entrySet())) {
      Target target = entry.getKey();
      boolean gone = !present.contains(target);
      if (gone || !owns(target)) {
        loops.remove(target);
        stop(entry.getValue(), gone && staleMarkers);
      }
    }
    for (Target target : present) {
      if (!loops.containsKey(target) && owns(target)) {
        start(target);
      }
    }
    countPools();
  }

  private boolean owns(Target target) {
    return ownership.owns("target", TargetKey.of(target).text());
  }

  private void start(Target target) {
    TargetKey key = TargetKey.of(target);
    ScrapeLoop loop = new ScrapeLoop(target, key.text(), key.hash(), services);
    loops.put(target, loop);
    loop.start();
  }

  private void stop(ScrapeLoop loop, boolean staleMarkers) {
    if (!staleMarkers) {
      loop.close();
      return;
    }
    ending.add(loop);
    loop.end(() -> forget(loop));
  }

  private void forget(ScrapeLoop loop) {
    synchronized (lock) {
      ending.remove(loop);
    }
  }

  private void countPools() {
    Map<String, Integer> counts = new HashMap<>();
    pools.forEach(pool -> counts.put(pool, 0));
    loops.keySet().forEach(target -> counts.merge(target.pool(), 1, Integer::sum));
    counts.forEach(metrics::poolTargets);
    pools.addAll(counts.keySet());
  }

  private List<ScrapeLoop> all() {
    List<ScrapeLoop> all = new ArrayList<>(loops.values());
    all.addAll(ending);
    return all;
  }
}
