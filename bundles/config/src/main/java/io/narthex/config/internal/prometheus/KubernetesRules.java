package io.narthex.config.internal.prometheus;

import io.narthex.api.http.HttpClientConfig;
import io.narthex.api.section.Section;
import io.narthex.config.internal.schema.Choices;
import io.narthex.config.internal.schema.Setting;
import io.narthex.config.internal.schema.Settings;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What upstream asks of {@code kubernetes_sd_configs}, beyond types. */
final class KubernetesRules {
  private static final Map<String, List<String>> SELECTORS =
      Map.of(
          "pod", List.of("pod", "node"),
          "service", List.of("service"),
          "endpointslice", List.of("pod", "service", "endpointslice"),
          "endpoints", List.of("pod", "service", "endpoints"),
          "node", List.of("node"),
          "ingress", List.of("ingress"));

  private final Settings entry;
  private final Section section;

  private KubernetesRules(Settings entry) {
    this.entry = entry;
    this.section = entry.section();
  }

  static void check(Settings entry) {
    KubernetesRules rules = new KubernetesRules(entry);
    rules.checkConnection();
    rules.checkSelectors();
  }

  private void checkConnection() {
    boolean server = entry.get("api_server") instanceof Setting.Url;
    boolean file = entry.has("kubeconfig_file");
    boolean http = !entry.http().equals(HttpClientConfig.DEFAULT);
    boolean ownNamespace =
        entry.child("namespaces").filter(n -> n.flag("own_namespace")).isPresent();
    if (server && file) {
      section.exclusive("api_server", "kubeconfig_file");
    }
    if (http && file) {
      wrong("kubeconfig_file", "%s in %s excludes HTTP client options; the file has its own");
    } else if (http && !server) {
      wrong("api_server", "%s in %s is missing; HTTP client options need it");
    }
    if (ownNamespace && (server || file)) {
      wrong(
          server ? "api_server" : "kubeconfig_file",
          "%s in %s excludes namespaces.own_namespace; keep one of them");
    }
  }

  private void wrong(String key, String message) {
    section.report(section.position(key), message.formatted(key, section.name()));
  }

  private void checkSelectors() {
    List<String> allowed = SELECTORS.getOrDefault(entry.text("role"), List.of());
    Set<String> seen = new HashSet<>();
    for (Settings selector : entry.children("selectors")) {
      Section at = selector.section();
      String role = selector.text("role");
      if (!seen.add(role)) {
        at.report(
            at.valuePosition("role"),
            "role \"%s\" stands twice in the selectors of %s".formatted(role, section.name()));
      }
      if (!allowed.isEmpty() && !allowed.contains(role)) {
        at.report(
            at.valuePosition("role"),
            "role in %s must be %s, as the role of %s is \"%s\", got \"%s\""
                .formatted(
                    at.name(), Choices.of(allowed), section.name(), entry.text("role"), role));
      }
      checkField(at, selector.text("field"));
    }
  }

  private static void checkField(Section at, String field) {
    for (String term : field.split(",", -1)) {
      if (!field.isEmpty() && !term.isEmpty() && !term.contains("=")) {
        at.report(
            at.valuePosition("field"),
            "field in %s has \"%s\"; it must be like metadata.name=value"
                .formatted(at.name(), term));
      }
    }
  }
}
