package io.narthex.alerting.internal.dispatch;

import io.narthex.alerting.internal.config.AlertmanagerConfig;
import io.narthex.alerting.internal.inhibit.Inhibitor;
import io.narthex.alerting.internal.notify.GroupNews;
import io.narthex.alerting.internal.notify.Integration;
import io.narthex.alerting.internal.notify.NotifyMetrics;
import io.narthex.alerting.internal.notify.Teller;
import io.narthex.alerting.internal.route.Route;
import io.narthex.alerting.internal.silence.Silencer;
import io.narthex.api.model.Labels;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * The way from a group to its receiver, in upstream's order: inhibited alerts drop out, then all of
 * them outside of active and inside of mute time intervals, then silenced ones; what is left goes
 * to each integration of the receiver on its own. For use on the loop.
 */
public final class Pipeline {
  private final Inhibitor inhibitor;
  private final Silencer silencer;
  private final TimeIntervals intervals;
  private final Map<String, List<Integration>> receivers;
  private final Teller teller;
  private final NotifyMetrics metrics;

  /**
   * The way of one configuration.
   *
   * @param receivers the integrations of each receiver that is in use
   */
  public Pipeline(
      AlertmanagerConfig config,
      Inhibitor inhibitor,
      Silencer silencer,
      Map<String, List<Integration>> receivers,
      Teller teller,
      NotifyMetrics metrics) {
    this.inhibitor = inhibitor;
    this.silencer = silencer;
    this.intervals = new TimeIntervals(config.timeIntervals());
    this.receivers = receivers;
    this.teller = teller;
    this.metrics = metrics;
  }

  /**
   * What became of a group's news.
   *
   * @param mutedBy the time intervals that muted it
   * @param told completes on the loop: whether all who have to know do; true if nobody has to
   */
  record Passage(List<String> mutedBy, CompletableFuture<Boolean> told) {}

  Passage pass(Route route, GroupNews news) {
    GroupNews loud =
        without(news, "inhibition", labels -> !inhibitor.inhibitedBy(labels).isEmpty());
    if (loud.items().isEmpty()) {
      return new Passage(List.of(), CompletableFuture.completedFuture(true));
    }
    List<String> mutedBy = mutedBy(route, loud);
    if (!mutedBy.isEmpty()) {
      return new Passage(mutedBy, CompletableFuture.completedFuture(true));
    }
    GroupNews heard = without(loud, "silence", labels -> !silencer.silencedBy(labels).isEmpty());
    return new Passage(
        List.of(),
        heard.items().isEmpty() ? CompletableFuture.completedFuture(true) : tell(route, heard));
  }

  private GroupNews without(GroupNews news, String reason, Predicate<Labels> muted) {
    List<GroupNews.Item> left =
        news.items().stream().filter(item -> !muted.test(item.alert().labels())).toList();
    int dropped = news.items().size() - left.size();
    if (dropped > 0) {
      metrics.suppressed(reason, dropped);
    }
    return dropped == 0 ? news : news.with(left);
  }

  private List<String> mutedBy(Route route, GroupNews news) {
    List<String> active = route.activeTimeIntervals();
    if (!active.isEmpty() && intervals.holding(active, news.time()).isEmpty()) {
      metrics.suppressed("active_time_interval", news.items().size());
      return active;
    }
    List<String> muting = intervals.holding(route.muteTimeIntervals(), news.time());
    if (!muting.isEmpty()) {
      metrics.suppressed("mute_time_interval", news.items().size());
    }
    return muting;
  }

  private CompletableFuture<Boolean> tell(Route route, GroupNews news) {
    CompletableFuture<Boolean> all = CompletableFuture.completedFuture(true);
    for (Integration integration : receivers.getOrDefault(route.receiver(), List.of())) {
      all = all.thenCombine(teller.tell(integration, news), Boolean::logicalAnd);
    }
    return all;
  }
}
