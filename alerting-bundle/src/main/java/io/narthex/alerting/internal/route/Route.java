package io.narthex.alerting.internal.route;

import io.narthex.alerting.internal.config.RouteConfig;
import io.narthex.alerting.internal.matcher.GoText;
import io.narthex.alerting.internal.matcher.Matchers;
import io.narthex.api.model.Labels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A node of the routing tree, with what it inherits. Immutable; equal only to itself. */
public final class Route {
  private static final Duration GROUP_WAIT = Duration.ofSeconds(30);
  private static final Duration GROUP_INTERVAL = Duration.ofMinutes(5);
  private static final Duration REPEAT_INTERVAL = Duration.ofHours(4);

  private final RouteConfig config;
  private final String receiver;
  private final Set<String> groupBy;
  private final boolean groupByAll;
  private final Duration groupWait;
  private final Duration groupInterval;
  private final Duration repeatInterval;
  private final String key;
  private final String id;
  private final List<Route> routes = new ArrayList<>();

  Route(RouteConfig config) {
    this(config, null, 0);
  }

  private Route(RouteConfig config, @Nullable Route parent, int index) {
    Optional<Route> above = Optional.ofNullable(parent);
    this.config = config;
    receiver =
        config.receiver().isEmpty() ? above.map(Route::receiver).orElse("") : config.receiver();
    groupBy =
        config
            .groupBy()
            .<Set<String>>map(TreeSet::new)
            .orElseGet(() -> above.map(Route::groupBy).orElse(Set.of()));
    groupByAll =
        config.groupBy().isEmpty()
            && (config.groupByAll() || above.map(Route::groupByAll).orElse(false));
    groupWait = config.groupWait().orElseGet(() -> above.map(Route::groupWait).orElse(GROUP_WAIT));
    groupInterval =
        config
            .groupInterval()
            .orElseGet(() -> above.map(Route::groupInterval).orElse(GROUP_INTERVAL));
    repeatInterval =
        config
            .repeatInterval()
            .orElseGet(() -> above.map(Route::repeatInterval).orElse(REPEAT_INTERVAL));
    String own = config.matchers().toString();
    key = above.map(p -> p.key() + "/").orElse("") + own;
    id = above.map(p -> p.id() + "/").orElse("") + own + (parent == null ? "" : "/" + index);
    for (RouteConfig child : config.routes()) {
      routes.add(new Route(child, this, routes.size()));
    }
  }

  /** The receiver's name. */
  public String receiver() {
    return receiver;
  }

  /** What alerts must fulfil to come here. */
  public Matchers matchers() {
    return config.matchers();
  }

  /** Whether siblings after it are tried though it matches. */
  public boolean goesOn() {
    return config.goesOn();
  }

  /** The names of the labels by which alerts are grouped; of no meaning with all. */
  public Set<String> groupBy() {
    return groupBy;
  }

  /** Whether alerts are grouped by all of their labels. */
  public boolean groupByAll() {
    return groupByAll;
  }

  /** How long a new group waits for more alerts. */
  public Duration groupWait() {
    return groupWait;
  }

  /** How long until changes of a group are told. */
  public Duration groupInterval() {
    return groupInterval;
  }

  /** How long until the same is told again. */
  public Duration repeatInterval() {
    return repeatInterval;
  }

  /** The names of the intervals in which it is mute; not inherited. */
  public List<String> muteTimeIntervals() {
    return config.muteTimeIntervals();
  }

  /** The names of the intervals outside of which it is mute; not inherited. */
  public List<String> activeTimeIntervals() {
    return config.activeTimeIntervals();
  }

  /** The nodes below. */
  public List<Route> routes() {
    return List.copyOf(routes);
  }

  /** Upstream's key, which leads the group key; siblings with the same matchers share it. */
  public String key() {
    return key;
  }

  /** Upstream's ID, unique in the tree. */
  public String id() {
    return id;
  }

  /** The labels of the group that an alert belongs to. */
  public Labels groupLabels(Labels alert) {
    return groupByAll ? alert : alert.filter(groupBy::contains);
  }

  /** Upstream's key of a group: {@code {}/{severity="page"}:{alertname="Down"}}. */
  public String groupKey(Labels groupLabels) {
    StringBuilder out = new StringBuilder(key).append(":{");
    for (int i = 0; i < groupLabels.size(); i++) {
      out.append(i > 0 ? ", " : "")
          .append(groupLabels.name(i))
          .append('=')
          .append(GoText.quote(groupLabels.value(i)));
    }
    return out.append('}').toString();
  }

  /** Adds the nodes that an alert goes to; none if it does not match. */
  boolean match(Labels alert, List<Route> found) {
    if (!matchers().matches(alert)) {
      return false;
    }
    boolean below = false;
    for (Route route : routes) {
      boolean matched = route.match(alert, found);
      below |= matched;
      if (matched && !route.goesOn()) {
        break;
      }
    }
    if (!below) {
      found.add(this);
    }
    return true;
  }

  @Override
  public String toString() {
    return id;
  }
}
