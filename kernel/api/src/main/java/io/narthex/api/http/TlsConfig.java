package io.narthex.api.http;

import java.util.Optional;

/**
 * How TLS is spoken. Certificates and keys are PEM; files are read again when they change.
 *
 * @param ca whom to trust; empty: whom the platform trusts
 * @param certificate what the server is shown
 * @param key the certificate's private key; present if and only if there is a certificate
 * @param serverName whom the server's certificate must be for; {@code ""}: the host connected to
 * @param insecureSkipVerify whether the server's certificate is not checked at all
 * @param minVersion the oldest protocol version that is spoken
 * @param maxVersion the newest protocol version that is spoken
 */
public record TlsConfig(
    Optional<SecretSource> ca,
    Optional<SecretSource> certificate,
    Optional<SecretSource> key,
    String serverName,
    boolean insecureSkipVerify,
    Optional<TlsVersion> minVersion,
    Optional<TlsVersion> maxVersion) {
  /** Upstream's defaults. */
  public static final TlsConfig DEFAULT =
      new TlsConfig(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          "",
          false,
          Optional.empty(),
          Optional.empty());

  /** Rejects half a pair. */
  public TlsConfig {
    if (certificate.isPresent() != key.isPresent()) {
      throw new IllegalArgumentException(
          "a certificate and its key are given together, or none of them");
    }
  }

  /** A version of TLS. */
  public enum TlsVersion {
    /** TLS 1.0. */
    TLS10,
    /** TLS 1.1. */
    TLS11,
    /** TLS 1.2. */
    TLS12,
    /** TLS 1.3. */
    TLS13
  }
}
