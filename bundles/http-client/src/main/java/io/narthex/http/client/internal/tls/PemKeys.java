package io.narthex.http.client.internal.tls;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;

/** Reads certificates and private keys from PEM, with errors worded as Go's where it has them. */
public final class PemKeys {
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  private PemKeys() {}

  /** The certificates that can be read; the others are left out, as upstream does. */
  public static List<X509Certificate> certificates(String pem) {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Pem.Block block : Pem.blocks(pem)) {
      if (block.type().equals("CERTIFICATE")) {
        try {
          certificates.add(certificate(block.der()));
        } catch (CertificateException e) {
          continue;
        }
      }
    }
    return certificates;
  }

  private static X509Certificate certificate(byte[] der) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  /**
   * The first private key.
   *
   * @throws GeneralSecurityException if there is none, it is encrypted or its kind is not known
   */
  public static PrivateKey privateKey(String pem) throws GeneralSecurityException {
    for (Pem.Block block : Pem.blocks(pem)) {
      if (block.type().equals("PRIVATE KEY") || block.type().endsWith(" PRIVATE KEY")) {
        return privateKey(block);
      }
    }
    throw new GeneralSecurityException("failed to find any PEM data in key input");
  }

  private static PrivateKey privateKey(Pem.Block block) throws GeneralSecurityException {
    if (block.encrypted() || block.type().equals("ENCRYPTED PRIVATE KEY")) {
      throw new GeneralSecurityException(
          "the private key is encrypted; give it without a passphrase"
              + " (openssl pkey -in key.pem -out plain.pem)");
    }
    try {
      return switch (block.type()) {
        case "RSA PRIVATE KEY" -> decode("RSA", Der.rsaKey(block.der()));
        case "EC PRIVATE KEY" -> decode("EC", Der.ecKey(block.der()));
        case "PRIVATE KEY" -> decodeAny(block.der());
        default -> throw new GeneralSecurityException("failed to parse private key");
      };
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("failed to parse private key: " + e.getMessage(), e);
    }
  }

  private static PrivateKey decodeAny(byte[] pkcs8) throws GeneralSecurityException {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (GeneralSecurityException e) {
        continue;
      }
    }
    throw new GeneralSecurityException("failed to parse private key");
  }

  private static PrivateKey decode(String algorithm, byte[] pkcs8) throws GeneralSecurityException {
    try {
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException e) {
      throw new GeneralSecurityException("failed to parse private key", e);
    }
  }
}
