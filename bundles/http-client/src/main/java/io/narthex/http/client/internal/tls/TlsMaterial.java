package io.narthex.http.client.internal.tls;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * All that connections need to speak TLS, read and parsed. A new one is made when a file changes,
 * and connections of different ones are never mixed.
 *
 * @param protocols the JDK's names of the versions that may be spoken
 * @param serverName whom certificates must be for, or {@code ""}
 */
public record TlsMaterial(
    X509ExtendedTrustManager trust,
    Optional<X509ExtendedKeyManager> identity,
    Set<String> protocols,
    String serverName) {
  /** Copies the set. */
  public TlsMaterial {
    protocols = Set.copyOf(protocols);
  }

  /** The same for Vert.x. Names are checked by the trust manager, which words it as Go does. */
  public ClientSSLOptions options() {
    ClientSSLOptions options =
        new ClientSSLOptions()
            .setHostnameVerificationAlgorithm("")
            .setTrustOptions(TrustOptions.wrap(trust))
            .setEnabledSecureTransportProtocols(protocols);
    identity.ifPresent(manager -> options.setKeyCertOptions(KeyCertOptions.wrap(manager)));
    return options;
  }

  /** A host as SNI names it: without the dot that ends a full name. */
  public static String sniName(String host) {
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  /** Whether a server may be told by SNI that it is asked for this host: names, not addresses. */
  public static boolean isNamable(String host) {
    return !host.isEmpty() && !CertificateNames.isAddress(host) && !host.endsWith(".");
  }
}
