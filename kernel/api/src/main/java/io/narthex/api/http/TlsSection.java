package io.narthex.api.http;

import io.narthex.api.section.Section;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads upstream's {@code tls_config} of clients. */
final class TlsSection {
  private TlsSection() {}

  static TlsConfig read(Section section) {
    section.exclusive("ca", "ca_file", "ca_ref");
    section.exclusive("cert", "cert_file", "cert_ref");
    section.exclusive("key", "key_file", "key_ref");
    SecretSection.refuseReferences(section, "ca_ref", "cert_ref", "key_ref");
    Optional<SecretSource> ca = SecretSection.source(section, "ca", "ca_file");
    Optional<SecretSource> certificate = SecretSection.source(section, "cert", "cert_file");
    Optional<SecretSource> key = SecretSection.source(section, "key", "key_file");
    boolean pair = certificate.isPresent() == key.isPresent();
    if (!pair && !section.has("cert_ref") && !section.has("key_ref")) {
      section.report(
          section.position(),
          certificate.isPresent()
              ? "%s has a cert but no key; give key or key_file as well".formatted(section.name())
              : "%s has a key but no cert; give cert or cert_file as well"
                  .formatted(section.name()));
    }
    TlsConfig config =
        new TlsConfig(
            ca,
            certificate.filter(c -> pair),
            key.filter(k -> pair),
            section.string("server_name").orElse(""),
            section.bool("insecure_skip_verify", false),
            version(section, "min_version"),
            version(section, "max_version"));
    section.refuseOthers();
    return config;
  }

  private static Optional<TlsConfig.TlsVersion> version(Section section, String key) {
    Optional<String> text = section.string(key);
    Optional<TlsConfig.TlsVersion> version =
        text.flatMap(
            t ->
                Arrays.stream(TlsConfig.TlsVersion.values())
                    .filter(v -> v.name().equals(t))
                    .findFirst());
    if (text.isPresent() && version.isEmpty()) {
      section.report(
          section.valuePosition(key),
          "%s must be one of %s, got \"%s\"".formatted(key, versions(), text.get()));
    }
    return version;
  }

  private static String versions() {
    return Arrays.stream(TlsConfig.TlsVersion.values())
        .map(Enum::name)
        .collect(Collectors.joining(", "));
  }
}
