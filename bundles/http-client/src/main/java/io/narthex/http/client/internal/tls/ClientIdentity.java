package io.narthex.http.client.internal.tls;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows one certificate to every server that asks for one, as upstream does: the server's list of
 * authorities does not count.
 */
final class ClientIdentity extends X509ExtendedKeyManager {
  private static final String ALIAS = "client";

  private final X509Certificate[] chain;
  private final PrivateKey key;

  /**
   * An identity.
   *
   * @throws GeneralSecurityException if the key is not the certificate's
   */
  ClientIdentity(List<X509Certificate> chain, PrivateKey key) throws GeneralSecurityException {
    if (chain.isEmpty()) {
      throw new GeneralSecurityException("failed to find any PEM data in certificate input");
    }
    this.chain = chain.toArray(X509Certificate[]::new);
    this.key = key;
    requirePair(this.chain[0].getPublicKey(), key);
  }

  private static void requirePair(PublicKey open, PrivateKey key) throws GeneralSecurityException {
    if (!algorithm(open.getAlgorithm()).equals(algorithm(key.getAlgorithm()))) {
      throw new GeneralSecurityException("private key type does not match public key type");
    }
    Signature signature = Signature.getInstance(signatureAlgorithm(key));
    signature.initSign(key);
    signature.update((byte) 1);
    byte[] signed = signature.sign();
    signature.initVerify(open);
    signature.update((byte) 1);
    boolean pair;
    try {
      pair = signature.verify(signed);
    } catch (GeneralSecurityException e) {
      pair = false;
    }
    if (!pair) {
      throw new GeneralSecurityException("private key does not match public key");
    }
  }

  private static String signatureAlgorithm(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
  }

  private static String algorithm(String name) {
    return name.startsWith("Ed") ? "EdDSA" : name;
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
    return suits(keyTypes) ? ALIAS : null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
    return suits(keyTypes) ? ALIAS : null;
  }

  private boolean suits(String[] keyTypes) {
    String own = algorithm(key.getAlgorithm());
    return Arrays.stream(keyTypes).anyMatch(type -> algorithm(type).equals(own));
  }

  @Override
  public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return new String[] {ALIAS};
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return chain.clone();
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return key;
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, Socket socket) {
    return null;
  }
}
