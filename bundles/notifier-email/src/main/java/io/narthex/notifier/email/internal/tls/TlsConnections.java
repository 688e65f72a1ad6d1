package io.narthex.notifier.email.internal.tls;

import io.narthex.api.http.SecretSource;
import io.narthex.api.http.TlsConfig;
import io.narthex.api.http.TlsConfig.TlsVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Makes the sockets of TLS that a configuration describes; files are read each time. */
public final class TlsConnections {
  private TlsConnections() {}

  /**
   * Sockets for connections to a host, whose certificate must be for it or for the name in the
   * configuration.
   *
   * @throws BadTlsException if the configuration cannot be used now
   */
  public static NamedSocketFactory factory(TlsConfig config, String host) throws BadTlsException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(identity(config), trust(config), null);
      return new NamedSocketFactory(
          context.getSocketFactory(),
          config.serverName().isEmpty() ? host : config.serverName(),
          !config.insecureSkipVerify(),
          protocols(config));
    } catch (GeneralSecurityException | IOException e) {
      throw new BadTlsException(String.valueOf(e.getMessage()), e);
    }
  }

  private static TrustManager @Nullable [] trust(TlsConfig config)
      throws GeneralSecurityException, IOException, BadTlsException {
    if (config.insecureSkipVerify()) {
      return new TrustManager[] {new NoTrustCheck()};
    }
    if (config.ca().isEmpty()) {
      return null;
    }
    List<X509Certificate> anchors = PemKeys.certificates(read("CA cert", config.ca().get()));
    if (anchors.isEmpty()) {
      throw new BadTlsException("unable to use specified CA cert: it holds no certificate", null);
    }
    KeyStore store = empty();
    for (int i = 0; i < anchors.size(); i++) {
      store.setCertificateEntry("ca-" + i, anchors.get(i));
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyManager @Nullable [] identity(TlsConfig config)
      throws GeneralSecurityException, IOException, BadTlsException {
    if (config.certificate().isEmpty() || config.key().isEmpty()) {
      return null;
    }
    List<X509Certificate> chain =
        PemKeys.certificates(read("client cert", config.certificate().get()));
    if (chain.isEmpty()) {
      throw new BadTlsException("unable to use specified client cert: it holds none", null);
    }
    KeyStore store = empty();
    store.setKeyEntry(
        "client",
        PemKeys.privateKey(read("client key", config.key().get())),
        new char[0],
        chain.toArray(new X509Certificate[0]));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, new char[0]);
    return factory.getKeyManagers();
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static String read(String what, SecretSource source) throws BadTlsException {
    return switch (source) {
      case SecretSource.Inline inline -> inline.secret().reveal();
      case SecretSource.InFile inFile -> {
        try {
          yield Files.readString(inFile.file(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
          throw new BadTlsException("unable to read %s: %s".formatted(what, inFile.file()), e);
        }
      }
    };
  }

  /** Without a limit TLS 1.2 is the oldest, as in Go. */
  private static String[] protocols(TlsConfig config) throws BadTlsException {
    TlsVersion oldest = config.minVersion().orElse(TlsVersion.TLS12);
    TlsVersion newest = config.maxVersion().orElse(TlsVersion.TLS13);
    String[] protocols =
        Arrays.stream(TlsVersion.values())
            .filter(v -> v.compareTo(oldest) >= 0 && v.compareTo(newest) <= 0)
            .map(TlsConnections::name)
            .toArray(String[]::new);
    if (protocols.length == 0) {
      throw new BadTlsException("max_version is older than min_version", null);
    }
    return protocols;
  }

  private static String name(TlsVersion version) {
    return switch (version) {
      case TLS10 -> "TLSv1";
      case TLS11 -> "TLSv1.1";
      case TLS12 -> "TLSv1.2";
      case TLS13 -> "TLSv1.3";
    };
  }
}
