package io.narthex.config.internal.prometheus;

import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Section;
import io.narthex.config.internal.schema.Setting;
import io.narthex.config.internal.schema.Settings;
import io.narthex.config.internal.schema.UrlText;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What upstream's mechanisms of service discovery ask of their sections, beyond types. */
final class DiscoveryRules {
  private static final Set<String> WEB = Set.of("http", "https");
  private static final List<String> RECORDS = List.of("A", "AAAA", "MX", "NS");

  private final Settings entry;
  private final Section section;

  private DiscoveryRules(Settings entry) {
    this.entry = entry;
    this.section = entry.section();
  }

  /**
   * Checks a section.
   *
   * @return whether the mechanism is one of upstream's
   */
  static boolean check(String mechanism, Settings entry) {
    if (!RequiredKeys.knows(mechanism)) {
      return false;
    }
    new DiscoveryRules(entry).check(mechanism);
    return true;
  }

  private void check(String mechanism) {
    RequiredKeys.of(mechanism).forEach(this::require);
    switch (mechanism) {
      case "azure" -> azure();
      case "consul" -> consul();
      case "dns" -> dns();
      case "docker", "dockerswarm" -> url("host");
      case "ec2" -> ec2();
      case "eureka", "kuma" -> webUrl("server", false);
      case "file" -> FilePatterns.checkDiscovered(entry, "files");
      case "http", "puppetdb" -> webUrl("url", true);
      case "kubernetes" -> KubernetesRules.check(entry);
      case "marathon" -> marathon();
      case "oci" -> oci();
      case "outscale" -> outscale();
      case "scaleway" -> secretKey();
      case "nerve", "serverset" -> paths();
      case "stackit" -> stackit();
      case "triton" -> triton();
      case "uyuni" -> url("server");
      default -> {}
    }
  }

  private void require(String key) {
    if (section.isMapping() && !entry.has(key) && isEmpty(section.value(key))) {
      section.report(
          section.position(key), "%s in %s is missing or empty".formatted(key, section.name()));
    }
  }

  private static boolean isEmpty(Optional<ConfigNode> value) {
    return switch (value.orElse(ConfigNode.nothing())) {
      case ConfigNode.Scalar scalar -> scalar.text().isEmpty();
      case ConfigNode.Sequence list -> list.items().isEmpty();
      case ConfigNode.Mapping mapping -> mapping.entries().isEmpty();
    };
  }

  private void wrong(String key, String message) {
    section.report(section.valuePosition(key), message.formatted(key, section.name()));
  }

  private boolean url(String key) {
    Optional<String> problem = UrlText.problem(entry.text(key));
    problem.ifPresent(
        p ->
            section.report(
                section.valuePosition(key),
                "%s in %s is not a URL: %s".formatted(key, section.name(), p)));
    return problem.isEmpty();
  }

  private void webUrl(String key, boolean webOnly) {
    String url = entry.text(key);
    if (url.isEmpty() || !url(key)) {
      return;
    }
    boolean scheme = webOnly ? WEB.contains(UrlText.scheme(url)) : !UrlText.scheme(url).isEmpty();
    if (!scheme || !UrlText.hasHost(url)) {
      wrong(key, "%s in %s must be a URL such as http://host:port/path");
    }
  }

  private void azure() {
    if (entry.text("authentication_method").equals("OAuth")) {
      List.of("tenant_id", "client_id", "client_secret").forEach(this::require);
    }
  }

  private void consul() {
    if (entry.has("username") || entry.has("password")) {
      section.exclusive(entry.has("username") ? "username" : "password", "basic_auth");
    }
    section.exclusive("token", "authorization", "oauth2");
  }

  private void dns() {
    String type = entry.text("type").toUpperCase(Locale.ROOT);
    if (RECORDS.contains(type)) {
      if (!entry.has("port")) {
        section.report(
            section.position("port"),
            "port in %s is missing; records of type %s name none".formatted(section.name(), type));
      }
    } else if (!type.equals("SRV")) {
      wrong("type", "%s in %s must be SRV, A, AAAA, MX or NS");
    }
  }

  private void ec2() {
    for (Settings filter : entry.children("filters")) {
      if (filter.texts("values").isEmpty()) {
        filter
            .section()
            .report(
                filter.section().position(),
                "values in %s is missing or empty".formatted(filter.section().name()));
      }
    }
  }

  private void marathon() {
    if (entry.has("auth_token") || entry.has("auth_token_file")) {
      section.exclusive(
          "auth_token",
          "auth_token_file",
          "basic_auth",
          "bearer_token",
          "bearer_token_file",
          "authorization");
    }
  }

  private void oci() {
    List<String> own = List.of("tenancy", "user", "fingerprint", "key_file");
    if (entry.text("auth").equals("api_key")) {
      own.forEach(this::require);
      section.exclusive("key_passphrase", "key_passphrase_file");
    } else {
      for (String key : own) {
        if (entry.has(key)) {
          wrong(key, "%s in %s is not used with auth instance_principal; remove it");
        }
      }
    }
    if (entry.texts("compartments").contains("")) {
      wrong("compartments", "%s in %s has an empty item");
    }
    positive("refresh_interval");
  }

  private void secretKey() {
    section.exclusive("secret_key", "secret_key_file");
    if (!entry.has("secret_key") && !entry.has("secret_key_file")) {
      require("secret_key");
    }
  }

  private void outscale() {
    secretKey();
    if (!entry.has("endpoint")) {
      String endpoint = "https://api.%s.outscale.com/api/v1".formatted(entry.text("region"));
      entry.set("endpoint", new Setting.Text(endpoint));
    }
  }

  private void paths() {
    for (String path : entry.texts("paths")) {
      if (!path.startsWith("/")) {
        wrong("paths", "%s in %s has a path that does not begin with \"/\"");
        return;
      }
    }
  }

  private void stackit() {
    if (!entry.has("endpoint")) {
      require("region");
    } else {
      url("endpoint");
    }
  }

  private void triton() {
    positive("refresh_interval");
  }

  private void positive(String key) {
    if (entry.get(key) instanceof Setting.Time(Duration time) && time.isZero()) {
      wrong(key, "%s in %s must be above 0");
    }
  }
}
