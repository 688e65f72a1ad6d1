package io.narthex.alerting.internal.dispatch;

import io.narthex.alerting.internal.alert.AlertOrder;
import io.narthex.alerting.internal.alert.AlertStore;
import io.narthex.alerting.internal.alert.StoredAlert;
import io.narthex.alerting.internal.loop.Loop;
import io.narthex.alerting.internal.notify.GroupNews;
import io.narthex.alerting.internal.route.Route;
import io.narthex.alerting.internal.route.RouteTree;
import io.narthex.api.cluster.Ownership;
import io.narthex.api.model.Labels;
import io.narthex.api.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sorts alerts into groups by the routes of one configuration, and has each group told: first after
 * {@code group_wait}, or at once if the alert that made it began longer ago, then every {@code
 * group_interval}, which does not wait for who could not be told yet. A group ends when all its
 * alerts are resolved and everybody knows. Alerts may come from any thread; all else happens on the
 * loop.
 */
public final class Dispatcher implements AlertStore.Listener {
  private static final Logger logger = LoggerFactory.getLogger(Dispatcher.class);

  /** What {@link Ownership} is asked about. */
  static final String OWNED = "alert-group";

  private static final Comparator<AlertGroup> UPSTREAM_ORDER =
      Comparator.comparing(AlertGroup::labels, AlertOrder.LABELS)
          .thenComparing(AlertGroup::receiver);

  private final RouteTree routes;
  private final Pipeline pipeline;
  private final Ownership ownership;
  private final Loop loop;
  private final Clock clock;
  private final DispatchMetrics metrics;
  private final Limits limits;

  // All guarded by this.
  private final Map<GroupId, AggregationGroup> groups = new LinkedHashMap<>();
  private Map<Labels, StoredAlert> incoming = new LinkedHashMap<>();
  private boolean stopped;

  /**
   * What is kept at most.
   *
   * @param groups how many there may be; alerts for more of them are not told
   * @param retention for how long resolved alerts are kept for those who could not be told
   */
  public record Limits(int groups, Duration retention) {}

  private record GroupId(Route route, Labels labels) {}

  /** Dispatches by these routes, once it hears of alerts. */
  public Dispatcher(
      RouteTree routes,
      Pipeline pipeline,
      Ownership ownership,
      Loop loop,
      Clock clock,
      DispatchMetrics metrics,
      Limits limits) {
    this.routes = routes;
    this.pipeline = pipeline;
    this.ownership = ownership;
    this.loop = loop;
    this.clock = clock;
    this.metrics = metrics;
    this.limits = limits;
  }

  @Override
  public void received(List<StoredAlert> alerts) {
    boolean first;
    synchronized (this) {
      first = incoming.isEmpty();
      alerts.forEach(alert -> incoming.put(alert.labels(), alert));
    }
    if (first) {
      loop.run(this::sort);
    }
  }

  private synchronized void sort() {
    Map<Labels, StoredAlert> taken = incoming;
    incoming = new HashMap<>();
    if (stopped) {
      return;
    }
    long start = loop.nanoTime();
    for (StoredAlert alert : taken.values()) {
      routes.match(alert.labels()).forEach(route -> add(alert, route));
    }
    metrics.sorted(taken.size(), (loop.nanoTime() - start) / 1e9, groups.size());
  }

  private void add(StoredAlert alert, Route route) {
    GroupId id = new GroupId(route, route.groupLabels(alert.labels()));
    AggregationGroup group = groups.get(id);
    if (group != null) {
      group.put(alert);
      return;
    }
    if (groups.size() >= limits.groups()) {
      metrics.limitReached();
      logger
          .atError()
          .addKeyValue("alert", alert.name())
          .addKeyValue("limit", limits.groups())
          .log("too many groups of alerts, this alert is not notified about");
      return;
    }
    AggregationGroup made = new AggregationGroup(route, id.labels());
    made.put(alert);
    groups.put(id, made);
    boolean old = alert.startsAt() + route.groupWait().toMillis() < clock.wallMillis();
    schedule(id, made, old ? Duration.ZERO : route.groupWait());
  }

  private void schedule(GroupId id, AggregationGroup group, Duration wait) {
    group.timer(loop.runAfter(wait, () -> flush(id, group)));
  }

  private void flush(GroupId id, AggregationGroup group) {
    GroupNews news;
    synchronized (this) {
      if (stopped || groups.get(id) != group) {
        return;
      }
      schedule(id, group, group.route().groupInterval());
      long now = clock.wallMillis();
      group.forget(now - limits.retention().toMillis());
      if (endIfEmpty(id, group) || !ownership.owns(OWNED, group.key())) {
        return;
      }
      news = group.news(now);
    }
    Pipeline.Passage passage = pipeline.pass(group.route(), news);
    synchronized (this) {
      group.mutedBy(passage.mutedBy());
    }
    await(id, group, news, passage.told());
  }

  private void await(
      GroupId id, AggregationGroup group, GroupNews news, CompletableFuture<Boolean> told) {
    told.thenAccept(
        success -> {
          if (success) {
            told(id, group, news);
          }
        });
  }

  private synchronized void told(GroupId id, AggregationGroup group, GroupNews news) {
    List<StoredAlert> resolved = new ArrayList<>();
    for (GroupNews.Item item : news.items()) {
      if (item.resolved()) {
        resolved.add(item.alert());
      }
    }
    group.remove(resolved);
    endIfEmpty(id, group);
  }

  private boolean endIfEmpty(GroupId id, AggregationGroup group) {
    if (!group.isEmpty()) {
      return false;
    }
    group.cancelTimer();
    groups.remove(id, group);
    metrics.groups(groups.size());
    return true;
  }

  /** The groups as they are now, in upstream's order. */
  public synchronized List<AlertGroup> groups() {
    return groups.values().stream().map(AggregationGroup::snapshot).sorted(UPSTREAM_ORDER).toList();
  }

  /** Ends all groups; nothing is told after this that is not being told already. */
  public synchronized void stop() {
    stopped = true;
    groups.values().forEach(AggregationGroup::cancelTimer);
    groups.clear();
  }
}
