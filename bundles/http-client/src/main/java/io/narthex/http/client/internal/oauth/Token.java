package io.narthex.http.client.internal.oauth;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An access token.
 *
 * @param header what the Authorization header says
 * @param expiry null: never
 */
record Token(String header, @Nullable Instant expiry) {
  /** Go's oauth2 package gives tokens up so long before they expire. */
  private static final long MARGIN_SECONDS = 10;

  static Token of(String type, String accessToken, @Nullable Instant expiry) {
    String word =
        switch (type.toLowerCase(Locale.ROOT)) {
          case "", "bearer" -> "Bearer";
          case "mac" -> "MAC";
          case "basic" -> "Basic";
          default -> type;
        };
    return new Token(word + " " + accessToken, expiry);
  }

  boolean isUsable(Instant now) {
    return expiry == null || now.isBefore(expiry.minusSeconds(MARGIN_SECONDS));
  }

  /** Never the token. */
  @Override
  public String toString() {
    return "Token[until " + expiry + "]";
  }
}
