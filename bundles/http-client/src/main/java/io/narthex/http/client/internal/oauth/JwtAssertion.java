package io.narthex.http.client.internal.oauth;

import io.narthex.api.http.HttpAuthorization.OAuth2;
import io.narthex.api.http.HttpAuthorization.OAuth2Proof.SignedAssertion;
import io.narthex.http.client.internal.secret.CredentialsException;
import io.narthex.http.client.internal.tls.PemKeys;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Signs the assertion by which a client proves who it is (RFC 7523). */
final class JwtAssertion {
  private static final Duration LIFETIME = Duration.ofMinutes(10);
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private JwtAssertion() {}

  /**
   * A signed assertion.
   *
   * @param key the private key as PEM
   */
  static String signed(OAuth2 config, SignedAssertion proof, String key, Instant now)
      throws CredentialsException {
    try {
      PrivateKey parsed = PemKeys.privateKey(key);
      String content = base64(header(proof)) + "." + base64(claims(config, proof, now));
      Signature signature = Signature.getInstance(signatureName(proof.algorithm()));
      signature.initSign(parsed);
      signature.update(content.getBytes(StandardCharsets.US_ASCII));
      return content + "." + BASE64.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new CredentialsException("oauth2: the client's key cannot sign: " + e.getMessage(), e);
    }
  }

  private static String signatureName(String algorithm) {
    return switch (algorithm) {
      case "RS384" -> "SHA384withRSA";
      case "RS512" -> "SHA512withRSA";
      default -> "SHA256withRSA";
    };
  }

  private static Map<String, Object> header(SignedAssertion proof) {
    Map<String, Object> header = new TreeMap<>();
    header.put("alg", proof.algorithm().isEmpty() ? "RS256" : proof.algorithm());
    header.put("typ", "JWT");
    if (!proof.keyId().isEmpty()) {
      header.put("kid", proof.keyId());
    }
    return header;
  }

  private static Map<String, Object> claims(OAuth2 config, SignedAssertion proof, Instant now)
      throws CredentialsException {
    Map<String, Object> claims = new TreeMap<>();
    claims.put("iss", proof.issuer().isEmpty() ? config.clientId() : proof.issuer());
    claims.put("sub", config.clientId());
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("aud", proof.audience().isEmpty() ? config.tokenUrl() : proof.audience());
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.plus(LIFETIME).getEpochSecond());
    if (!config.scopes().isEmpty()) {
      claims.put("scope", String.join(" ", config.scopes()));
    }
    for (Map.Entry<String, String> claim : proof.claims().entrySet()) {
      claims.put(claim.getKey(), value(claim.getKey(), claim.getValue()));
    }
    return claims;
  }

  private static Object value(String name, String json) throws CredentialsException {
    try {
      return Json.decodeValue(json);
    } catch (DecodeException e) {
      throw new CredentialsException(
          "oauth2: the claim \"%s\" is no JSON: %s".formatted(name, e.getMessage()), e);
    }
  }

  private static String base64(Map<String, Object> object) {
    return BASE64.encodeToString(new JsonObject(object).encode().getBytes(StandardCharsets.UTF_8));
  }
}
