package io.narthex.alerting.internal.config;

import io.narthex.alerting.internal.matcher.Matchers;
import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decodes the routing tree. */
final class RouteDecoder {
  private static final String ALL = "...";

  private final Set<String> receivers;
  private final Set<String> timeIntervals;

  /**
   * A decoder.
   *
   * @param receivers the names that receivers have
   * @param timeIntervals the names that time intervals have
   */
  RouteDecoder(Set<String> receivers, Set<String> timeIntervals) {
    this.receivers = receivers;
    this.timeIntervals = timeIntervals;
  }

  RouteConfig root(Section section) {
    if (section.isMapping() && !section.has("receiver")) {
      section.report(
          section.position("receiver"),
          "receiver is missing in route, which needs one for the alerts that no other route takes");
    }
    refuseAtRoot(section, "match", "match_re", "matchers");
    refuseAtRoot(section, "mute_time_intervals", "active_time_intervals");
    if (section.bool("continue", false)) {
      section.report(
          section.position("continue"),
          "continue has no meaning in the root of the routes; remove it");
    }
    return route(section);
  }

  private static void refuseAtRoot(Section section, String... keys) {
    for (String key : keys) {
      if (section.value(key).filter(RouteDecoder::hasItems).isPresent()) {
        section.report(
            section.position(key),
            "%s must not stand in the root of the routes, which takes all alerts; put it in a route"
                    .formatted(key)
                + " under routes");
      }
    }
  }

  private static boolean hasItems(ConfigNode node) {
    return switch (node) {
      case ConfigNode.Sequence list -> !list.items().isEmpty();
      case ConfigNode.Mapping mapping -> !mapping.entries().isEmpty();
      case ConfigNode.Scalar scalar -> !scalar.isNull();
    };
  }

  private RouteConfig route(Section section) {
    String receiver = section.string("receiver").orElse("");
    if (!receiver.isEmpty()) {
      References.check(section, "receiver", receiver, receivers, "receiver");
    }
    List<ConfigNode.Scalar> groupBy = LabelNames.names(section, "group_by");
    boolean all = groupBy.stream().anyMatch(item -> item.text().equals(ALL));
    checkGroupBy(section, groupBy, all);
    Matchers matchers = MatcherDecoder.decode(section, "");
    refuseLabels(section);
    RouteConfig route =
        new RouteConfig(
            receiver,
            section
                .value("group_by")
                .filter(value -> !all)
                .map(value -> groupBy.stream().map(ConfigNode.Scalar::text).toList()),
            all,
            matchers,
            section.bool("continue", false),
            intervals(section, "mute_time_intervals"),
            intervals(section, "active_time_intervals"),
            section.durationOrZero("group_wait"),
            aboveZero(section, "group_interval"),
            aboveZero(section, "repeat_interval"),
            children(section));
    section.refuseOthers();
    return route;
  }

  /** Upstream shows them to templates; here they would be lost without a word. */
  private static void refuseLabels(Section section) {
    if (section.value("labels").filter(RouteDecoder::hasItems).isPresent()) {
      section.report(
          section.position("labels"),
          "labels in %s: labels of routes are not there yet; remove them"
              .formatted(section.name()));
    }
  }

  private List<RouteConfig> children(Section section) {
    List<RouteConfig> routes = new ArrayList<>();
    for (Section child : section.sections("routes")) {
      if (child.node().isNull()) {
        child.report(child.position(), child.name() + " is empty; it must be a mapping");
      } else {
        routes.add(route(child));
      }
    }
    return routes;
  }

  private static void checkGroupBy(Section section, List<ConfigNode.Scalar> groupBy, boolean all) {
    Set<String> seen = new LinkedHashSet<>();
    for (ConfigNode.Scalar item : groupBy) {
      boolean wildcard = item.text().equals(ALL);
      if (all && !wildcard) {
        section.report(
            item.position(),
            "group_by has both '...', which means all labels, and \"%s\"; keep one of them"
                .formatted(item.text()));
        return;
      }
      if (!seen.add(item.text()) && !wildcard) {
        section.report(item.position(), "group_by names label \"%s\" twice".formatted(item.text()));
      }
    }
  }

  private List<String> intervals(Section section, String key) {
    List<String> names = new ArrayList<>();
    for (ConfigNode.Scalar item :
        section.value(key).map(value -> section.strings(value, key)).orElse(List.of())) {
      names.add(item.text());
      References.check(section, item.position(), key, item.text(), timeIntervals, "time interval");
    }
    return names;
  }

  private static Optional<Duration> aboveZero(Section section, String key) {
    Optional<Duration> duration = section.durationOrZero(key);
    if (duration.filter(Duration::isZero).isPresent()) {
      section.report(
          section.valuePosition(key), "%s in %s must be above 0".formatted(key, section.name()));
    }
    return duration;
  }
}
