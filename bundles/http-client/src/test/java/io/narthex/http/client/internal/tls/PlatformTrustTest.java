package io.narthex.http.client.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlatformTrustTest {
  @TempDir Path folder;

  private static PlatformTrust platform(Map<String, String> variables) {
    return new PlatformTrust(name -> variables.get(name));
  }

  @Test
  void trustsWhomTheVariablesName() throws Exception {
    Path file = Files.writeString(folder.resolve("ca.pem"), Certificates.chain("ca"));
    assertThat(platform(Map.of("SSL_CERT_FILE", file.toString())).anchors())
        .contains(Certificates.certificate("ca"));
  }

  @Test
  void trustsNobodyElseIfTheVariablesNameNobody() throws Exception {
    String none = folder.toString();
    String missing = folder.resolve("missing").toString();
    assertThat(platform(Map.of("SSL_CERT_FILE", missing, "SSL_CERT_DIR", none)).anchors())
        .isEmpty();
  }

  @Test
  void trustsSomebodyIfNothingIsSet() throws Exception {
    assertThat(platform(Map.of("SSL_CERT_FILE", "", "SSL_CERT_DIR", "")).anchors()).isNotEmpty();
  }
}
