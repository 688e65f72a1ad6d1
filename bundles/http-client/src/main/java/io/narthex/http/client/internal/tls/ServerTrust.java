package io.narthex.http.client.internal.tls;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Checks a server's certificate in Go's order: its time, its name, who signed it. Extending {@link
 * X509ExtendedTrustManager} keeps the JDK from adding checks with words of its own.
 */
final class ServerTrust extends X509ExtendedTrustManager {
  private static final X509Certificate[] NONE = {};
  private static final String UNKNOWN_AUTHORITY = "x509: certificate signed by unknown authority";

  private final X509TrustManager chains;

  /** The JDK takes a list without anybody for a defect. */
  private final boolean trustsNobody;

  private final String serverName;
  private final InstantSource clock;

  /**
   * A check.
   *
   * @param serverName whom certificates must be for; {@code ""}: the host connected to
   */
  ServerTrust(List<X509Certificate> anchors, String serverName, InstantSource clock)
      throws GeneralSecurityException {
    this.chains = chains(anchors);
    this.trustsNobody = anchors.isEmpty();
    this.serverName = serverName;
    this.clock = clock;
  }

  private static X509TrustManager chains(List<X509Certificate> anchors)
      throws GeneralSecurityException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store(anchors));
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        return x509;
      }
    }
    throw new GeneralSecurityException("the JDK has no X.509 trust manager");
  }

  private static KeyStore store(List<X509Certificate> anchors) throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (int i = 0; i < anchors.size(); i++) {
        store.setCertificateEntry(Integer.toString(i), anchors.get(i));
      }
      return store;
    } catch (java.io.IOException e) {
      throw new GeneralSecurityException("no key store can be made in memory", e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain, authType, serverName.isEmpty() ? engine.getPeerHost() : serverName);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("this client uses no sockets");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain, authType, serverName.isEmpty() ? null : serverName);
  }

  private void check(X509Certificate[] chain, String authType, @Nullable String host)
      throws CertificateException {
    if (chain.length == 0) {
      throw new CertificateException("x509: the server has no certificate");
    }
    X509Certificate leaf = chain[0];
    checkTime(leaf);
    if (host == null || host.isEmpty()) {
      throw new CertificateException("x509: no host to verify");
    }
    Optional<String> mismatch = CertificateNames.mismatch(leaf, host);
    if (mismatch.isPresent()) {
      throw new CertificateException(mismatch.get());
    }
    if (trustsNobody) {
      throw new CertificateException(UNKNOWN_AUTHORITY);
    }
    try {
      chains.checkServerTrusted(chain, authType);
    } catch (CertificateException e) {
      throw new CertificateException(words(e, chain), e);
    }
  }

  private void checkTime(X509Certificate certificate) throws CertificateException {
    Optional<String> wrong = wrongTime(certificate);
    if (wrong.isPresent()) {
      throw new CertificateException(wrong.get());
    }
  }

  private Optional<String> wrongTime(X509Certificate certificate) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant begin = certificate.getNotBefore().toInstant();
    Instant end = certificate.getNotAfter().toInstant();
    if (now.isBefore(begin)) {
      return Optional.of(time(now, "before", begin));
    }
    return now.isAfter(end) ? Optional.of(time(now, "after", end)) : Optional.empty();
  }

  private static String time(Instant now, String relation, Instant limit) {
    return "x509: certificate has expired or is not yet valid: current time %s is %s %s"
        .formatted(now, relation, limit.truncatedTo(ChronoUnit.SECONDS));
  }

  private String words(CertificateException failure, X509Certificate[] chain) {
    Optional<String> expired =
        Arrays.stream(chain).map(this::wrongTime).flatMap(Optional::stream).findFirst();
    if (expired.isPresent()) {
      return expired.get();
    }
    String said = String.valueOf(failure.getMessage());
    if (said.contains("Extended key usage")) {
      return "x509: certificate specifies an incompatible key usage";
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertPathValidatorException broken
          && broken.getReason() == CertPathValidatorException.BasicReason.ALGORITHM_CONSTRAINED) {
        return "x509: cannot verify signature: insecure algorithm %s"
            .formatted(chain[0].getSigAlgName());
      }
    }
    return UNKNOWN_AUTHORITY;
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return NONE;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("this client checks servers only");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("this client checks servers only");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("this client checks servers only");
  }
}
