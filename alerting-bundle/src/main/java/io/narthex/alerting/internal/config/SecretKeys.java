package io.narthex.alerting.internal.config;

import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Secret;
import io.narthex.api.yaml.YamlValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shows sections whose keys only their notifiers know, without what may be a secret: URLs, since
 * those of receivers often are their own credential, and values whose keys sound like one.
 */
final class SecretKeys {
  private static final Pattern OPEN =
      Pattern.compile(".*_file|auth_(username|identity)|token_url|proxy_url|authorization_type");
  private static final Pattern SECRET =
      Pattern.compile(
          "(.*_)?url|.*(pass|secret|token|credential|auth|cookie).*|(.*[_-])?(api)?key",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern PASSWORD =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*://[^/?#:@]*:)[^/?#]*(@.*)", Pattern.DOTALL);
  private static final String PROXY_HEADERS = "proxy_connect_header";
  private static final YamlValue HIDDEN = new YamlValue.Text(new Secret("").toString());

  private SecretKeys() {}

  /** A value in the order of the file. */
  static YamlValue shown(String key, ConfigNode node) {
    return switch (node) {
      case ConfigNode.Scalar scalar when scalar.isNull() -> new YamlValue.Raw("null");
      case ConfigNode.Scalar scalar when isSecret(key) && !scalar.text().isEmpty() -> HIDDEN;
      case ConfigNode.Scalar scalar when isLiteral(scalar) -> new YamlValue.Raw(scalar.text());
      case ConfigNode.Scalar scalar -> new YamlValue.Text(withoutPassword(scalar.text()));
      case ConfigNode.Sequence list ->
          new YamlValue.Listing(
              list.items().stream().map(item -> shown(key, item)).toList(), false);
      case ConfigNode.Mapping headers when key.equals(PROXY_HEADERS) -> hidden(headers);
      case ConfigNode.Mapping mapping -> new YamlValue.Mapping(entries(mapping));
    };
  }

  /** Headers for a proxy are secrets whatever they are called, as upstream has it. */
  private static YamlValue hidden(ConfigNode.Mapping headers) {
    Map<String, YamlValue> shown = new LinkedHashMap<>();
    headers
        .entries()
        .forEach(e -> shown.put(e.key(), new YamlValue.Listing(List.of(HIDDEN), false)));
    return new YamlValue.Mapping(shown);
  }

  private static Map<String, YamlValue> entries(ConfigNode.Mapping mapping) {
    Map<String, YamlValue> entries = new LinkedHashMap<>();
    mapping.entries().forEach(e -> entries.put(e.key(), shown(e.key(), e.value())));
    return entries;
  }

  private static boolean isSecret(String key) {
    return SECRET.matcher(key).matches() && !OPEN.matcher(key).matches();
  }

  private static boolean isLiteral(ConfigNode.Scalar scalar) {
    return scalar.plain()
        && (List.of("true", "false").contains(scalar.text())
            || scalar.text().matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?"));
  }

  /** A URL with {@code xxxxx} in place of its password. */
  static String withoutPassword(String text) {
    Matcher password = PASSWORD.matcher(text);
    return password.matches() ? password.group(1) + "xxxxx" + password.group(2) : text;
  }
}
