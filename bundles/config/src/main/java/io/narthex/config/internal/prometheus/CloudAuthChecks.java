package io.narthex.config.internal.prometheus;

import io.narthex.api.section.Section;
import io.narthex.config.internal.schema.Settings;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Checks the sections that authorize with a cloud: {@code sigv4} and {@code azuread}. */
final class CloudAuthChecks {
  private static final List<String> AZURE =
      List.of("managed_identity", "workload_identity", "oauth", "sdk", "certificate");
  private static final Pattern UUID =
      Pattern.compile(
          "(?:urn:uuid:)?[{]?[0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}[}]?");
  private static final Pattern SCOPE = Pattern.compile("[\\w\\s:/.\\-]+");

  private CloudAuthChecks() {}

  /** One way to authorize is enough. */
  static void checkExclusive(Settings settings, String... others) {
    settings
        .section()
        .exclusive(
            Stream.concat(Stream.of("basic_auth", "authorization", "oauth2"), Stream.of(others))
                .toArray(String[]::new));
  }

  static void checkSigV4(Settings sigv4) {
    Section section = sigv4.section();
    if (sigv4.has("access_key") != sigv4.has("secret_key")) {
      section.report(
          section.position(),
          "%s needs access_key and secret_key together, or none of them".formatted(section.name()));
    }
    if (sigv4.has("external_id") && !sigv4.has("role_arn")) {
      section.report(
          section.position("external_id"),
          "external_id in %s needs role_arn".formatted(section.name()));
    }
  }

  static void checkAzure(Settings azuread) {
    Section section = azuread.section();
    section.exclusive(AZURE.toArray(String[]::new));
    if (AZURE.stream().allMatch(key -> azuread.child(key).isEmpty())) {
      section.report(
          section.position(),
          "%s needs one of %s".formatted(section.name(), String.join(", ", AZURE)));
    }
    if (azuread.has("scope") && !SCOPE.matcher(azuread.text("scope")).matches()) {
      section.report(
          section.valuePosition("scope"),
          "scope in %s has characters that are not allowed".formatted(section.name()));
    }
    azuread.child("managed_identity").ifPresent(a -> checkUuid(a, "client_id"));
    azuread.child("workload_identity").ifPresent(a -> require(a, "client_id", "tenant_id"));
    azuread.child("workload_identity").ifPresent(a -> checkUuid(a, "tenant_id"));
    azuread.child("oauth").ifPresent(a -> require(a, "client_id", "client_secret", "tenant_id"));
    azuread
        .child("certificate")
        .ifPresent(a -> require(a, "client_id", "tenant_id", "certificate_path"));
  }

  private static void require(Settings settings, String... keys) {
    Section section = settings.section();
    for (String key : keys) {
      if (!settings.has(key)) {
        section.report(
            section.position(key), "%s in %s is missing or empty".formatted(key, section.name()));
      }
    }
    checkUuid(settings, "client_id");
  }

  private static void checkUuid(Settings settings, String key) {
    if (settings.has(key) && !UUID.matcher(settings.text(key)).matches()) {
      Section section = settings.section();
      section.report(
          section.valuePosition(key), "%s in %s is not a UUID".formatted(key, section.name()));
    }
  }
}
