package io.narthex.api.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How requests are authorized. */
public sealed interface HttpAuthorization {
  /** Not at all. */
  record None() implements HttpAuthorization {}

  /** By user name and password. */
  record Basic(Optional<SecretSource> username, Optional<SecretSource> password)
      implements HttpAuthorization {}

  /**
   * By a token.
   *
   * @param type the first word of the header, {@code Bearer} for example
   */
  record Credentials(String type, SecretSource credentials) implements HttpAuthorization {}

  /**
   * By OAuth 2.0.
   *
   * @param clientId who asks for the token
   * @param proof the client's secret, or the key that signs its assertion
   * @param scopes what the token is for
   * @param tokenUrl where tokens come from
   * @param endpointParams parameters of the request for a token
   * @param tls how TLS is spoken to the token's endpoint
   * @param proxy which proxy leads there
   */
  record OAuth2(
      String clientId,
      OAuth2Proof proof,
      List<String> scopes,
      String tokenUrl,
      Map<String, String> endpointParams,
      TlsConfig tls,
      HttpClientConfig.ProxyConfig proxy)
      implements HttpAuthorization {
    /** Copies the collections. */
    public OAuth2 {
      scopes = List.copyOf(scopes);
      endpointParams = Map.copyOf(endpointParams);
    }
  }

  /** How an OAuth 2.0 client proves who it is. */
  sealed interface OAuth2Proof {
    /** Grant type {@code client_credentials}. */
    record ClientSecret(Optional<SecretSource> secret) implements OAuth2Proof {}

    /**
     * Grant type {@code urn:ietf:params:oauth:grant-type:jwt-bearer} (RFC 7523).
     *
     * @param keyId the key's id, or {@code ""}
     * @param algorithm RS256, RS384 or RS512
     * @param issuer {@code ""}: the client id
     * @param audience {@code ""}: the token URL
     * @param claims what the assertion says besides, as JSON texts by name
     */
    record SignedAssertion(
        SecretSource key,
        String keyId,
        String algorithm,
        String issuer,
        String audience,
        Map<String, String> claims)
        implements OAuth2Proof {
      /** Copies the map. */
      public SignedAssertion {
        claims = Map.copyOf(claims);
      }
    }
  }
}
