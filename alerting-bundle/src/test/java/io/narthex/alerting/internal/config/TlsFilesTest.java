package io.narthex.alerting.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each verdict is that of Alertmanager 0.34 over the same configuration. */
class TlsFilesTest {
  private static final String ROUTE = "route: {receiver: a}\n";
  private static final String HOOK =
      "receivers: [{name: a, webhook_configs: [{url: 'http://h/', http_config: {%s}}]}]\n";
  private static final String PLAIN_HOOK =
      "receivers: [{name: a, webhook_configs: [{url: 'http://h/'}]}]\n";
  private static final String MAIL =
      "receivers: [{name: a, email_configs: [{to: a@b, smarthost: 'h:25'}]}]\n";
  private static final String GLOBAL = "global: {http_config: {tls_config: {ca_file: %s}}}\n";

  @TempDir Path folder;

  @BeforeEach
  void writeFiles() throws Exception {
    Files.writeString(folder.resolve("bad.pem"), "hello\n");
    Files.writeString(folder.resolve("good.pem"), "# 2020, of a root\n" + pem(someCertificate()));
    Files.writeString(
        folder.resolve("good.key"),
        "-----BEGIN EC PRIVATE KEY-----\nAA==\n-----END EC PRIVATE KEY-----\n");
    Files.createDirectory(folder.resolve("dir"));
  }

  private static Certificate someCertificate() throws Exception {
    KeyStore roots = KeyStore.getInstance("PKCS12");
    try (InputStream in =
        Files.newInputStream(Path.of(System.getProperty("java.home"), "lib/security/cacerts"))) {
      roots.load(in, null);
    }
    return roots.getCertificate(roots.aliases().nextElement());
  }

  private static String pem(Certificate certificate) throws Exception {
    return "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
        .formatted(Base64.getMimeEncoder().encodeToString(certificate.getEncoded()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ca_file: none.pem|cannot read ca_file in|none.pem|there is no such file",
        "ca_file: dir|cannot read ca_file in|dir|Is a directory",
        "ca_file: bad.pem|ca_file in|bad.pem|has no certificate in the PEM format",
        "cert_file: none.pem, key_file: good.key|cannot read cert_file in|none.pem|there is no such file",
        "cert_file: good.pem, key_file: none.key|cannot read key_file in|none.key|there is no such file",
        "cert_file: good.pem, key_file: bad.pem|key_file in|bad.pem|has no private key in the PEM format",
      })
  void whatAHookCannotUseIsRefusedAtItsPlace(String tls, String what, String file, String why) {
    String text = ROUTE + HOOK.formatted("tls_config: {" + tls + "}");
    int column = text.split("\n")[1].indexOf(file) + 1;

    assertThat(problems(text))
        .singleElement()
        .asString()
        .startsWith(origin() + ":2:" + column + ": " + what)
        .contains("receivers[0].webhook_configs[0].http_config.tls_config")
        .contains("(" + folder.resolve(file) + ")")
        .endsWith(why);
  }

  @Test
  void whatCanBeUsedIsTaken() {
    decode(
        ROUTE
            + HOOK.formatted(
                "tls_config: {ca_file: good.pem, cert_file: good.pem, key_file: good.key}"));
  }

  @Test
  void whatIsReadOnlyWhenItIsNeededIsTaken() {
    decode(
        ROUTE
            + HOOK.formatted(
                "oauth2: {client_id: a, client_secret: b, token_url: 'http://h/',"
                    + " tls_config: {ca_file: none.pem}}"));
    decode(ROUTE + HOOK.formatted("basic_auth: {username: a, password_file: none}"));
  }

  @Test
  void thatOfGlobalCountsOnlyForThoseWhoGoByIt() {
    assertThat(problems(GLOBAL.formatted("none.pem") + ROUTE + PLAIN_HOOK))
        .singleElement()
        .asString()
        .startsWith(origin() + ":1:46: cannot read ca_file in global.http_config.tls_config");
    decode(GLOBAL.formatted("good.pem") + ROUTE + PLAIN_HOOK);
    decode(GLOBAL.formatted("none.pem") + ROUTE + HOOK.formatted(""));
    decode(GLOBAL.formatted("none.pem") + ROUTE + MAIL);
  }

  private String origin() {
    return folder.resolve("alertmanager.yml").toString();
  }

  private void decode(String text) {
    Corpus.decode(origin(), text, false);
  }

  private List<String> problems(String text) {
    BadConfigurationException error =
        catchThrowableOfType(BadConfigurationException.class, () -> decode(text));
    assertThat(error).as("it is refused").isNotNull();
    return error.problems();
  }
}
