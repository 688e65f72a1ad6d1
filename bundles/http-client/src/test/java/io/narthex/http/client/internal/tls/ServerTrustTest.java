package io.narthex.http.client.internal.tls;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;

final class ServerTrustTest {
  private static final X509Certificate[] CHAIN = {
    Certificates.certificate("server"), Certificates.certificate("ca")
  };

  private static ServerTrust trust(List<X509Certificate> anchors, String serverName)
      throws Exception {
    return new ServerTrust(anchors, serverName, InstantSource.system());
  }

  private static SSLEngine engine(String host) throws Exception {
    return SSLContext.getDefault().createSSLEngine(host, 443);
  }

  @Test
  void refusesToTrustWithoutAHost() throws Exception {
    ServerTrust trust = trust(List.of(CHAIN[1]), "");
    for (SSLEngine engine :
        List.of(SSLContext.getDefault().createSSLEngine(), engine(null), engine(""))) {
      assertThatThrownBy(() -> trust.checkServerTrusted(CHAIN, "UNKNOWN", engine))
          .isInstanceOf(CertificateException.class)
          .hasMessage("x509: no host to verify");
    }
    assertThatThrownBy(() -> trust.checkServerTrusted(CHAIN, "UNKNOWN"))
        .hasMessage("x509: no host to verify");
    assertThatCode(() -> trust.checkServerTrusted(CHAIN, "UNKNOWN", engine("localhost")))
        .doesNotThrowAnyException();
  }

  @Test
  void aConfiguredNameIsAHost() throws Exception {
    ServerTrust trust = trust(List.of(CHAIN[1]), "localhost");
    assertThatCode(() -> trust.checkServerTrusted(CHAIN, "UNKNOWN", engine(null)))
        .doesNotThrowAnyException();
  }

  @Test
  void trustsNobodyIfThereIsNobody() throws Exception {
    ServerTrust trust = trust(List.of(), "");
    assertThatThrownBy(() -> trust.checkServerTrusted(CHAIN, "UNKNOWN", engine("localhost")))
        .isInstanceOf(CertificateException.class)
        .hasMessage("x509: certificate signed by unknown authority");
  }
}
