package io.narthex.http.client.internal.tls;

import io.narthex.api.http.SecretSource;
import io.narthex.api.http.TlsConfig;
import io.narthex.api.http.TlsConfig.TlsVersion;
import io.narthex.http.client.internal.secret.CredentialsException;
import io.narthex.http.client.internal.secret.Secrets;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Makes the material that a configuration describes, and makes it anew when a file has changed.
 * Blocks; may be used from any thread.
 */
public final class TlsLoader {
  private final TlsConfig config;
  private final Secrets secrets;
  private final TrustedAuthorities platform;
  private final InstantSource clock;
  private @Nullable Loaded last;

  /** Whom the platform trusts; asked once it is needed. */
  @FunctionalInterface
  public interface TrustedAuthorities {
    /** The authorities' certificates. Blocks. */
    List<X509Certificate> anchors() throws GeneralSecurityException;
  }

  /** A loader that has not read anything yet. */
  public TlsLoader(
      TlsConfig config, Secrets secrets, TrustedAuthorities platform, InstantSource clock) {
    this.config = config;
    this.secrets = secrets;
    this.platform = platform;
    this.clock = clock;
  }

  /** Whether something has to be read again for each request. */
  public boolean readsFiles() {
    return Secrets.inFile(config.ca())
        || Secrets.inFile(config.certificate())
        || Secrets.inFile(config.key());
  }

  /**
   * The material, the same object as long as nothing changed.
   *
   * @throws CredentialsException worded as upstream's
   */
  public synchronized TlsMaterial load() throws CredentialsException {
    String ca = read("CA cert", config.ca());
    String certificate = read("client cert", config.certificate());
    String key = read("client key", config.key());
    Loaded known = last;
    if (known != null && known.isOf(ca, certificate, key)) {
      return known.material();
    }
    TlsMaterial material =
        new TlsMaterial(
            trust(ca),
            identity(certificate, key),
            protocols(config.minVersion(), config.maxVersion()),
            config.serverName());
    last = new Loaded(ca, certificate, key, material);
    return material;
  }

  private String read(String what, Optional<SecretSource> source) throws CredentialsException {
    try {
      return secrets.text(source);
    } catch (IOException e) {
      throw new CredentialsException("unable to read %s: %s".formatted(what, e.getMessage()), e);
    }
  }

  private X509ExtendedTrustManager trust(String ca) throws CredentialsException {
    if (config.insecureSkipVerify()) {
      return new NoTrustCheck();
    }
    try {
      if (config.ca().isEmpty()) {
        return new ServerTrust(platform.anchors(), config.serverName(), clock);
      }
      List<X509Certificate> anchors = PemKeys.certificates(ca);
      if (anchors.isEmpty()) {
        throw new CredentialsException(
            "unable to use specified CA cert " + Secrets.description(config.ca().get()));
      }
      return new ServerTrust(anchors, config.serverName(), clock);
    } catch (GeneralSecurityException e) {
      throw new CredentialsException("unable to use CA cert: " + e.getMessage(), e);
    }
  }

  private Optional<X509ExtendedKeyManager> identity(String certificate, String key)
      throws CredentialsException {
    if (config.certificate().isEmpty() || config.key().isEmpty()) {
      return Optional.empty();
    }
    try {
      List<X509Certificate> chain = PemKeys.certificates(certificate);
      if (chain.isEmpty()) {
        throw new GeneralSecurityException("failed to find any PEM data in certificate input");
      }
      return Optional.of(new ClientIdentity(chain, PemKeys.privateKey(key)));
    } catch (GeneralSecurityException e) {
      throw new CredentialsException(
          "unable to use specified client cert (%s) & key (%s): tls: %s"
              .formatted(
                  Secrets.description(config.certificate().get()),
                  Secrets.description(config.key().get()),
                  e.getMessage()),
          e);
    }
  }

  /** Without a limit TLS 1.2 is the oldest, as in Go. */
  private static Set<String> protocols(Optional<TlsVersion> min, Optional<TlsVersion> max)
      throws CredentialsException {
    TlsVersion oldest = min.orElse(TlsVersion.TLS12);
    TlsVersion newest = max.orElse(TlsVersion.TLS13);
    Set<String> protocols = new LinkedHashSet<>();
    for (TlsVersion version : TlsVersion.values()) {
      if (version.compareTo(oldest) >= 0 && version.compareTo(newest) <= 0) {
        protocols.add(name(version));
      }
    }
    if (protocols.isEmpty()) {
      throw new CredentialsException(
          min.isPresent()
              ? "tls_config.max_version must be greater than or equal to tls_config.min_version"
                  + " if both are specified"
              : "tls: no supported versions satisfy MinVersion and MaxVersion");
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

  private record Loaded(String ca, String certificate, String key, TlsMaterial material) {
    boolean isOf(String ca, String certificate, String key) {
      return this.ca.equals(ca) && this.certificate.equals(certificate) && this.key.equals(key);
    }

    /** Never the key. */
    @Override
    public String toString() {
      return "Loaded";
    }
  }
}
