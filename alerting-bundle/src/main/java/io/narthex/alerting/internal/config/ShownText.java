package io.narthex.alerting.internal.config;

import static io.narthex.alerting.internal.config.ShownNodes.duration;
import static io.narthex.alerting.internal.config.ShownNodes.entries;
import static io.narthex.alerting.internal.config.ShownNodes.isTrue;
import static io.narthex.alerting.internal.config.ShownNodes.items;
import static io.narthex.alerting.internal.config.ShownNodes.ordered;
import static io.narthex.alerting.internal.config.ShownNodes.putItems;
import static io.narthex.alerting.internal.config.ShownNodes.putRaw;
import static io.narthex.alerting.internal.config.ShownNodes.putText;
import static io.narthex.alerting.internal.config.ShownNodes.putTexts;
import static io.narthex.alerting.internal.config.ShownNodes.text;
import static io.narthex.alerting.internal.config.ShownNodes.texts;

import io.narthex.alerting.internal.interval.RangeText;
import io.narthex.alerting.internal.matcher.AlertMatcher;
import io.narthex.alerting.internal.matcher.MatcherParser;
import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Section;
import io.narthex.api.yaml.YamlValue;
import io.narthex.api.yaml.YamlWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Shows a configuration that is in order as upstream does: keys in upstream's order, defaults of
 * {@code global} filled in, matchers and durations in their normal form, secrets hidden. Entries of
 * receivers are shown as they stand, since only their notifiers know their defaults.
 */
final class ShownText {
  private static final List<String> ROOT_KEYS =
      List.of(
          "global",
          "route",
          "inhibit_rules",
          "receivers",
          "templates",
          "mute_time_intervals",
          "time_intervals",
          "tracing");
  private static final List<String> ROUTE_KEYS =
      List.of(
          "receiver",
          "group_by",
          "match",
          "match_re",
          "matchers",
          "mute_time_intervals",
          "active_time_intervals",
          "continue",
          "routes",
          "group_wait",
          "group_interval",
          "repeat_interval",
          "labels");
  private static final List<String> INHIBIT_KEYS =
      List.of(
          "name",
          "source_match",
          "source_match_re",
          "source_matchers",
          "target_match",
          "target_match_re",
          "target_matchers",
          "equal");
  private static final List<String> INTERVAL_KEYS =
      List.of("times", "weekdays", "days_of_month", "months", "years", "location");

  /** The texts were read before, which logged what is to be said of them. */
  private static final MatcherParser PARSER = MatcherParser.quiet();

  private ShownText() {}

  /** The whole file. */
  static String of(Section root) {
    Map<String, YamlValue> shown = new LinkedHashMap<>();
    shown.put("global", ShownGlobal.of(root.value("global").orElseGet(ConfigNode::nothing)));
    entries(root.node())
        .forEach(
            (key, node) -> {
              switch (key) {
                case "route" -> shown.put(key, route(node));
                case "inhibit_rules" -> putItems(shown, key, node, ShownText::inhibitRule);
                case "receivers" -> putItems(shown, key, node, ShownText::receiver);
                case "mute_time_intervals", "time_intervals" ->
                    putItems(shown, key, node, ShownText::timeInterval);
                case "tracing" -> shown.put(key, SecretKeys.shown(key, node));
                default -> {}
              }
            });
    shown.put(
        "templates", texts(root.strings("templates").stream().map(t -> path(root, t)).toList()));
    return YamlWriter.write(ordered(shown, ROOT_KEYS));
  }

  private static String path(Section root, String text) {
    return text.isEmpty() ? "" : root.resolve(text).toString();
  }

  private static YamlValue route(ConfigNode node) {
    Map<String, YamlValue> shown = new LinkedHashMap<>();
    shown.put("continue", new YamlValue.Raw("false"));
    entries(node)
        .forEach(
            (key, value) -> {
              switch (key) {
                case "receiver" -> putText(shown, key, text(value));
                case "continue" -> putRaw(shown, key, isTrue(text(value)) ? "true" : "false");
                case "group_wait", "group_interval", "repeat_interval" ->
                    shown.put(key, duration(text(value)));
                case "routes" -> putItems(shown, key, value, ShownText::route);
                default -> putOther(shown, key, value);
              }
            });
    return ordered(shown, ROUTE_KEYS);
  }

  private static YamlValue inhibitRule(ConfigNode node) {
    Map<String, YamlValue> shown = new LinkedHashMap<>();
    entries(node).forEach((key, value) -> putOther(shown, key, value));
    return ordered(shown, INHIBIT_KEYS);
  }

  private static YamlValue receiver(ConfigNode node) {
    Map<String, ConfigNode> given = entries(node);
    Map<String, YamlValue> shown = new LinkedHashMap<>();
    String name = given.containsKey("name") ? text(given.get("name")) : "";
    shown.put("name", new YamlValue.Text(name));
    Map<String, YamlValue> labels = new TreeMap<>();
    labels.put("name", new YamlValue.Text(name));
    if (given.containsKey("labels")) {
      entries(given.get("labels")).forEach((k, v) -> labels.put(k, new YamlValue.Text(text(v))));
    }
    shown.put("labels", new YamlValue.Mapping(labels));
    List<String> order = new ArrayList<>(List.of("name", "labels"));
    ReceiverDecoder.UPSTREAM.forEach(kind -> order.add(kind + ReceiverDecoder.SUFFIX));
    given.forEach(
        (key, value) -> {
          if (!ReceiverDecoder.kind(key).isEmpty()) {
            putItems(shown, key, value, ShownText::entry);
          }
        });
    return ordered(shown, order);
  }

  private static YamlValue entry(ConfigNode node) {
    return SecretKeys.shown("", node) instanceof YamlValue.Mapping mapping
        ? ordered(mapping.entries(), List.of(ReceiverEntry.SEND_RESOLVED))
        : new YamlValue.Raw("null");
  }

  private static YamlValue timeInterval(ConfigNode node) {
    Map<String, YamlValue> shown = new LinkedHashMap<>();
    Map<String, ConfigNode> given = entries(node);
    shown.put("name", new YamlValue.Text(text(given.getOrDefault("name", ConfigNode.nothing()))));
    ConfigNode items = given.getOrDefault("time_intervals", ConfigNode.nothing());
    shown.put("time_intervals", new YamlValue.Listing(List.of(), false));
    putItems(shown, "time_intervals", items, ShownText::interval);
    return new YamlValue.Mapping(shown);
  }

  private static YamlValue interval(ConfigNode node) {
    Map<String, YamlValue> shown = new LinkedHashMap<>();
    entries(node)
        .forEach(
            (key, value) -> {
              switch (key) {
                case "location" -> putText(shown, key, text(value));
                case "times" -> putItems(shown, key, value, item -> SecretKeys.shown("", item));
                default ->
                    shown.put(
                        key,
                        new YamlValue.Listing(
                            items(value).stream()
                                .<YamlValue>map(
                                    item -> new YamlValue.Text(RangeText.normal(key, text(item))))
                                .toList(),
                            true));
              }
            });
    return ordered(shown, INTERVAL_KEYS);
  }

  /** Keys of routes and inhibit rules that are neither a duration nor the like. */
  private static void putOther(Map<String, YamlValue> shown, String key, ConfigNode value) {
    switch (value) {
      case ConfigNode.Sequence list when key.endsWith("matchers") ->
          putTexts(
              shown,
              key,
              list.items().stream()
                  .flatMap(item -> PARSER.parseAll(text(item)).list().stream())
                  .sorted()
                  .map(AlertMatcher::toString)
                  .toList());
      case ConfigNode.Sequence list ->
          putTexts(shown, key, list.items().stream().map(ShownNodes::text).toList());
      case ConfigNode.Mapping mapping when !mapping.entries().isEmpty() -> {
        Map<String, YamlValue> texts = new TreeMap<>();
        mapping.entries().forEach(e -> texts.put(e.key(), new YamlValue.Text(text(e.value()))));
        shown.put(key, new YamlValue.Mapping(texts));
      }
      case ConfigNode.Mapping empty -> {}
      case ConfigNode.Scalar scalar -> putText(shown, key, scalar.text());
    }
  }
}
