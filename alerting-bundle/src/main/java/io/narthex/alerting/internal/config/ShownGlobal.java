package io.narthex.alerting.internal.config;

import static io.narthex.alerting.internal.config.ShownNodes.duration;
import static io.narthex.alerting.internal.config.ShownNodes.entries;
import static io.narthex.alerting.internal.config.ShownNodes.isTrue;
import static io.narthex.alerting.internal.config.ShownNodes.ordered;
import static io.narthex.alerting.internal.config.ShownNodes.putRaw;
import static io.narthex.alerting.internal.config.ShownNodes.putText;

import io.narthex.api.section.ConfigNode;
import io.narthex.api.yaml.YamlValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows {@code global} as upstream does: all keys in its order, with defaults. */
final class ShownGlobal {
  private static final List<String> HTTP_KEYS =
      List.of(
          "basic_auth",
          "authorization",
          "oauth2",
          "bearer_token",
          "bearer_token_file",
          "tls_config",
          "follow_redirects",
          "enable_http2",
          "proxy_url",
          "no_proxy",
          "proxy_from_environment",
          "proxy_connect_header",
          "http_headers");

  private ShownGlobal() {}

  /** The section with what counts where it says nothing. */
  static YamlValue.Mapping of(ConfigNode node) {
    Map<String, ConfigNode> given = entries(node);
    Map<String, YamlValue> shown = new LinkedHashMap<>();
    for (GlobalKeys.Key key : GlobalKeys.ALL) {
      ConfigNode value = given.get(key.name());
      String text = value instanceof ConfigNode.Scalar scalar ? scalar.text() : key.fallback();
      switch (key.kind()) {
        case HTTP -> shown.put(key.name(), http(value));
        case TLS -> shown.put(key.name(), tls(value));
        case DURATION -> shown.put(key.name(), duration(text));
        case BOOL ->
            putRaw(shown, key.name(), isTrue(text) ? "true" : text.isEmpty() ? "" : "false");
        case SECRET, SECRET_URL -> putText(shown, key.name(), text.isEmpty() ? "" : "<secret>");
        case URL, TEXT, ADDRESS -> putText(shown, key.name(), SecretKeys.withoutPassword(text));
      }
    }
    return new YamlValue.Mapping(shown);
  }

  private static YamlValue http(@Nullable ConfigNode node) {
    Map<String, YamlValue> shown = new LinkedHashMap<>();
    shown.put("follow_redirects", new YamlValue.Raw("true"));
    shown.put("enable_http2", new YamlValue.Raw("true"));
    if (node != null) {
      entries(node).forEach((key, value) -> shown.put(key, SecretKeys.shown(key, value)));
    }
    return ordered(shown, HTTP_KEYS);
  }

  private static YamlValue tls(@Nullable ConfigNode node) {
    Map<String, YamlValue> shown = new LinkedHashMap<>();
    if (node != null) {
      entries(node).forEach((key, value) -> shown.put(key, SecretKeys.shown(key, value)));
    }
    shown.putIfAbsent("insecure_skip_verify", new YamlValue.Raw("false"));
    return new YamlValue.Mapping(shown);
  }
}
