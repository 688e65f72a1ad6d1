package io.narthex.api.http;

import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Section;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Reads upstream's {@code oauth2}. */
final class OAuth2Section {
  private static final String CLIENT_CREDENTIALS = "client_credentials";
  private static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  private static final Set<String> ALGORITHMS = Set.of("RS256", "RS384", "RS512");

  private final Section section;

  private OAuth2Section(Section section) {
    this.section = section;
  }

  static HttpAuthorization read(Section section) {
    return new OAuth2Section(section).read();
  }

  private HttpAuthorization read() {
    require("client_id");
    require("token_url");
    HttpAuthorization.OAuth2 result =
        new HttpAuthorization.OAuth2(
            section.string("client_id").orElse(""),
            proof(),
            section.strings("scopes"),
            section.string("token_url").orElse(""),
            strings("endpoint_params"),
            section.section("tls_config").map(TlsSection::read).orElse(TlsConfig.DEFAULT),
            ProxySection.read(section));
    section.refuseOthers();
    return result;
  }

  private void require(String key) {
    if (section.isMapping() && !section.has(key)) {
      section.report(
          section.position(key), "%s in %s is missing or empty".formatted(key, section.name()));
    }
  }

  private HttpAuthorization.OAuth2Proof proof() {
    boolean signed = section.string("grant_type").orElse(CLIENT_CREDENTIALS).equals(JWT_BEARER);
    SecretSection.refuseReferences(section, "client_secret_ref", "client_certificate_key_ref");
    if (signed) {
      section.exclusive(
          "client_certificate_key", "client_certificate_key_file", "client_certificate_key_ref");
    } else {
      section.exclusive("client_secret", "client_secret_file", "client_secret_ref");
    }
    HttpAuthorization.OAuth2Proof secret =
        new HttpAuthorization.OAuth2Proof.ClientSecret(
            SecretSection.source(section, "client_secret", "client_secret_file"));
    HttpAuthorization.OAuth2Proof assertion =
        new HttpAuthorization.OAuth2Proof.SignedAssertion(
            SecretSection.source(section, "client_certificate_key", "client_certificate_key_file")
                .orElse(SecretSection.NOTHING),
            section.string("client_certificate_key_id").orElse(""),
            algorithm(signed),
            section.string("iss").orElse(""),
            section.string("audience").orElse(""),
            claims());
    return signed ? assertion : secret;
  }

  private String algorithm(boolean signed) {
    String algorithm =
        section.string("signature_algorithm").filter(a -> !a.isEmpty()).orElse("RS256");
    if (signed && !ALGORITHMS.contains(algorithm)) {
      section.report(
          section.valuePosition("signature_algorithm"),
          "signature_algorithm in %s must be RS256, RS384 or RS512".formatted(section.name()));
    }
    return algorithm;
  }

  private Map<String, String> strings(String key) {
    Map<String, String> strings = new LinkedHashMap<>();
    for (ConfigNode.Entry entry : section.mapping(key)) {
      String text =
          entry.value().isNull()
              ? ""
              : section
                  .scalar(entry.value(), entry.key() + " in " + key, "a string")
                  .map(ConfigNode.Scalar::text)
                  .orElse("");
      strings.put(entry.key(), text);
    }
    return strings;
  }

  private Map<String, String> claims() {
    Map<String, String> claims = new LinkedHashMap<>();
    for (ConfigNode.Entry entry : section.mapping("claims")) {
      claims.put(entry.key(), JsonText.of(entry.value()));
    }
    return claims;
  }
}
