package io.narthex.alerting.internal.config;

import io.narthex.api.section.ConfigNode;
import io.narthex.api.time.DurationSyntax;
import io.narthex.api.yaml.YamlValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Steps from what stands in a file to what is shown of it; what is empty is left out. */
final class ShownNodes {
  private ShownNodes() {}

  static YamlValue.Mapping ordered(Map<String, YamlValue> shown, List<String> order) {
    Map<String, YamlValue> result = new LinkedHashMap<>();
    order.stream().filter(shown::containsKey).forEach(key -> result.put(key, shown.get(key)));
    shown.forEach(result::putIfAbsent);
    return new YamlValue.Mapping(result);
  }

  static void putItems(
      Map<String, YamlValue> shown,
      String key,
      ConfigNode node,
      Function<ConfigNode, YamlValue> item) {
    List<YamlValue> items = items(node).stream().map(item).toList();
    if (!items.isEmpty()) {
      shown.put(key, new YamlValue.Listing(items, false));
    }
  }

  static void putTexts(Map<String, YamlValue> shown, String key, List<String> texts) {
    if (!texts.isEmpty()) {
      shown.put(key, texts(texts));
    }
  }

  static YamlValue texts(List<String> texts) {
    return new YamlValue.Listing(
        texts.stream().<YamlValue>map(YamlValue.Text::new).toList(), false);
  }

  static void putText(Map<String, YamlValue> shown, String key, String text) {
    if (!text.isEmpty()) {
      shown.put(key, new YamlValue.Text(text));
    }
  }

  static void putRaw(Map<String, YamlValue> shown, String key, String text) {
    if (!text.isEmpty()) {
      shown.put(key, new YamlValue.Raw(text));
    }
  }

  static YamlValue duration(String text) {
    return new YamlValue.Text(DurationSyntax.formatMillis(DurationSyntax.parseMillis(text)));
  }

  static boolean isTrue(String text) {
    return List.of("true", "yes", "on", "y").contains(text.toLowerCase(Locale.ROOT));
  }

  static String text(ConfigNode node) {
    return node instanceof ConfigNode.Scalar scalar ? scalar.text() : "";
  }

  static List<ConfigNode> items(ConfigNode node) {
    return node instanceof ConfigNode.Sequence list ? list.items() : List.of();
  }

  /** The entries that have a value. */
  static Map<String, ConfigNode> entries(ConfigNode node) {
    Map<String, ConfigNode> entries = new LinkedHashMap<>();
    if (node instanceof ConfigNode.Mapping mapping) {
      mapping.entries().stream()
          .filter(e -> !e.value().isNull())
          .forEach(e -> entries.put(e.key(), e.value()));
    }
    return entries;
  }
}
