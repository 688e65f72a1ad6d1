package io.narthex.scrape.internal;

import io.narthex.api.config.ScrapeOptions;
import io.narthex.api.target.Target;
import io.narthex.api.target.TargetPool;
import io.narthex.scrape.internal.loop.Assignment;
import io.narthex.scrape.internal.loop.LoopServices;
import io.narthex.scrape.internal.loop.ScrapeLoop;
import io.narthex.scrape.internal.record.SeriesRules;
import io.narthex.scrape.internal.record.SharedRules;
import io.narthex.scrape.internal.thread.ScrapeThread;
import io.narthex.scrape.internal.transport.Transports;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The loops of all targets. Follows a new list of pools with as little change as there can be: a
 * target that is as before keeps its loop untouched, one that is scraped otherwise keeps its loop
 * under new terms, and pools that are the same objects are not even looked through. Not safe for
 * use by several threads.
 */
final class LoopSet {
  private final LoopServices services;
  private final Transports transports;
  private final List<ScrapeThread> threads;
  private final SharedRules rules;

  private Map<TargetPool, List<Wanted>> known = new IdentityHashMap<>();
  private final Map<String, Running> running = new HashMap<>();
  private final Set<ScrapeLoop> ending = new HashSet<>();

  /** A target that is to be scraped. */
  private record Wanted(TargetKey key, Target target, String refusal) {
    boolean isAs(Wanted other) {
      return this == other || refusal.equals(other.refusal) && target.equals(other.target);
    }

    /** Whether only what was discovered about it differs, which is for people to look at. */
    boolean isScrapedAs(Wanted other) {
      Target same = other.target;
      return refusal.equals(other.refusal)
          && target.interval().equals(same.interval())
          && target.timeout().equals(same.timeout())
          && target.options().equals(same.options());
    }
  }

  private record Running(Wanted wanted, ScrapeLoop loop) {}

  /** No loops. */
  LoopSet(
      LoopServices services, Transports transports, List<ScrapeThread> threads, SharedRules rules) {
    this.services = services;
    this.transports = transports;
    this.threads = List.copyOf(threads);
    this.rules = rules;
  }

  /**
   * Makes the loops those of the pools.
   *
   * @param owned whether this process scrapes the target
   * @param ended is told of each loop that has written its stale markers
   */
  void follow(List<TargetPool> pools, Predicate<TargetKey> owned, Consumer<ScrapeLoop> ended) {
    Map<String, Wanted> present = wanted(pools);
    for (Map.Entry<String, Running> entry : List.copyOf(running.entrySet())) {
      Wanted wanted = present.get(entry.getKey());
      if (wanted == null || !owned.test(wanted.key())) {
        running.remove(entry.getKey());
        stop(entry.getValue().loop(), wanted == null, ended);
      }
    }
    Set<ScrapeOptions> used = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Wanted wanted : present.values()) {
      if (owned.test(wanted.key())) {
        run(wanted);
        used.add(wanted.target().options());
      }
    }
    rules.retain(new HashSet<>(used));
  }

  private Map<String, Wanted> wanted(List<TargetPool> pools) {
    Map<TargetPool, List<Wanted>> next = new IdentityHashMap<>();
    Map<String, Wanted> present = new LinkedHashMap<>();
    for (TargetPool pool : pools) {
      List<Wanted> targets = known.get(pool);
      if (targets == null) {
        targets =
            pool.targets().stream()
                .map(target -> new Wanted(TargetKey.of(target), target, pool.refusal()))
                .toList();
      }
      next.put(pool, targets);
      targets.forEach(wanted -> present.putIfAbsent(wanted.key().text(), wanted));
    }
    known = next;
    return present;
  }

  private void run(Wanted wanted) {
    Running before = running.get(wanted.key().text());
    if (before == null) {
      ScrapeThread thread = thread(wanted.key());
      ScrapeLoop loop =
          new ScrapeLoop(
              assignment(wanted, thread),
              wanted.key().text(),
              wanted.key().hash(),
              services,
              thread);
      running.put(wanted.key().text(), new Running(wanted, loop));
      loop.start();
      return;
    }
    if (before.wanted().isAs(wanted)) {
      return;
    }
    running.put(wanted.key().text(), new Running(wanted, before.loop()));
    if (before.wanted().isScrapedAs(wanted)) {
      before.loop().describe(wanted.target());
    } else {
      before.loop().change(assignment(wanted, thread(wanted.key())));
    }
  }

  private Assignment assignment(Wanted wanted, ScrapeThread thread) {
    Target target = wanted.target();
    SeriesRules series = rules.of(target.options());
    return new Assignment(target, series, transports.fetcher(target, thread), wanted.refusal());
  }

  private ScrapeThread thread(TargetKey key) {
    // The upper half, since the lower decides the phase.
    return threads.get((int) Long.remainderUnsigned(key.hash() >>> 32, threads.size()));
  }

  private void stop(ScrapeLoop loop, boolean staleMarkers, Consumer<ScrapeLoop> ended) {
    if (staleMarkers) {
      ending.add(loop);
      loop.end(() -> ended.accept(loop));
    } else {
      loop.close();
    }
  }

  /** A loop has written its stale markers. */
  void forget(ScrapeLoop loop) {
    ending.remove(loop);
  }

  /** The loops of the targets that are scraped. */
  Collection<ScrapeLoop> loops() {
    return running.values().stream().map(Running::loop).toList();
  }

  /** All loops, those too whose target has gone and that have stale markers to write. */
  List<ScrapeLoop> all() {
    List<ScrapeLoop> all = new ArrayList<>(loops());
    all.addAll(ending);
    return all;
  }

  /** How many targets each pool has that are scraped here. */
  Map<String, Integer> sizes() {
    Map<String, Integer> sizes = new HashMap<>();
    running.values().forEach(r -> sizes.merge(r.wanted().target().pool(), 1, Integer::sum));
    return sizes;
  }

  /** Forgets all loops and gives them back. */
  List<ScrapeLoop> clear() {
    List<ScrapeLoop> all = all();
    running.clear();
    ending.clear();
    return all;
  }
}
