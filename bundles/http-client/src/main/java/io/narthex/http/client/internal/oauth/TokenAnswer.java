package io.narthex.http.client.internal.oauth;

import io.narthex.api.http.HttpAnswer;
import io.narthex.http.client.internal.secret.CredentialsException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads what a token endpoint answers, with errors in the words of Go's oauth2 package. */
final class TokenAnswer {
  private TokenAnswer() {}

  /** The token in an answer; {@code strict} is how the assertion grant reads it: JSON only. */
  static Token token(HttpAnswer answer, String body, boolean strict, Instant now)
      throws CredentialsException {
    boolean good = answer.status() >= 200 && answer.status() <= 299;
    String type = mediaType(answer.header("content-type"));
    boolean form =
        !strict && (type.equals("application/x-www-form-urlencoded") || type.equals("text/plain"));
    JsonObject fields;
    try {
      fields = form ? form(body) : new JsonObject(body);
    } catch (DecodeException | IllegalArgumentException repeatsIt) {
      // What they say quotes the answer, which may hold the token.
      throw good
          ? new CredentialsException(
              (strict ? "oauth2: cannot fetch token: " : "oauth2: cannot parse json: ")
                  + (form ? "the answer is no form" : "the answer is no JSON object"))
          : refused(answer, body, null);
    }
    if (!good || (!strict && !text(fields, "error").isEmpty())) {
      throw refused(answer, body, strict ? null : fields);
    }
    String accessToken = text(fields, "access_token");
    if (accessToken.isEmpty() && !strict) {
      throw new CredentialsException("oauth2: server response missing access_token");
    }
    return Token.of(text(fields, "token_type"), accessToken, expiry(fields, now));
  }

  private static CredentialsException refused(
      HttpAnswer answer, String body, @Nullable JsonObject fields) {
    String error = fields == null ? "" : text(fields, "error");
    if (error.isEmpty()) {
      return new CredentialsException(
          "oauth2: cannot fetch token: %s\nResponse: %s"
              .formatted((answer.status() + " " + answer.reason()).strip(), body));
    }
    StringBuilder message = new StringBuilder("oauth2: \"").append(error).append('"');
    for (String name : new String[] {"error_description", "error_uri"}) {
      String value = text(fields, name);
      if (!value.isEmpty()) {
        message.append(" \"").append(value).append('"');
      }
    }
    return new CredentialsException(message.toString());
  }

  private static JsonObject form(String body) {
    JsonObject fields = new JsonObject();
    for (String pair : body.strip().split("&")) {
      String[] parts = pair.split("=", 2);
      if (parts.length == 2) {
        fields.put(
            URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
            URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
    }
    return fields;
  }

  private static String text(@Nullable JsonObject fields, String name) {
    return fields != null && fields.getValue(name) instanceof String text ? text : "";
  }

  /** Some endpoints give the seconds as a text. */
  private static @Nullable Instant expiry(JsonObject fields, Instant now) {
    long seconds =
        switch (fields.getValue("expires_in")) {
          case Number number -> number.longValue();
          case String text when text.matches("[0-9]{1,10}") -> Long.parseLong(text);
          case null, default -> 0;
        };
    return seconds <= 0 ? null : now.plusSeconds(Math.min(seconds, Integer.MAX_VALUE));
  }

  private static String mediaType(String contentType) {
    int semicolon = contentType.indexOf(';');
    return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
        .strip()
        .toLowerCase(Locale.ROOT);
  }
}
