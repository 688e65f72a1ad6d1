package io.narthex.http.client.internal.oauth;

import io.narthex.api.error.NarthexException;
import io.narthex.api.http.HttpAnswer;
import io.narthex.api.http.HttpAuthorization.OAuth2;
import io.narthex.api.http.HttpAuthorization.OAuth2Proof;
import io.narthex.api.http.HttpErrors;
import io.narthex.api.http.HttpRequest;
import io.narthex.api.http.HttpSession;
import io.narthex.http.client.internal.secret.CredentialsException;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Gets tokens and keeps each until shortly before it expires, as upstream does; an answer 401 does
 * not renew it, there neither. At most one request for a token is under way, and all that need one
 * wait for it. May be used from any thread.
 */
public final class TokenSource implements AutoCloseable {
  /** Upstream waits for ever; whoever waits for the token has a limit of its own as well. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static final int MAX_ANSWER = 1024 * 1024;

  private final OAuth2 config;
  private final HttpSession session;
  private final InstantSource clock;
  private String credential = "";
  private @Nullable Token token;
  private @Nullable CompletableFuture<Token> underWay;

  /** Null until a server has accepted one way of naming the client. */
  private volatile @Nullable Boolean inHeader;

  /**
   * A source without a token.
   *
   * @param session reaches the token's endpoint; the source closes it
   */
  public TokenSource(OAuth2 config, HttpSession session, InstantSource clock) {
    this.config = config;
    this.session = session;
    this.clock = clock;
  }

  /**
   * What the Authorization header says.
   *
   * @param credential the client's secret or key as it is now; another one than before makes a
   *     token from before worthless
   * @param userAgent what the request that needs it says
   * @return fails with a {@link NarthexException} of {@link HttpErrors#CREDENTIALS}
   */
  public CompletableFuture<String> header(String credential, String userAgent) {
    CompletableFuture<Token> fresh;
    synchronized (this) {
      if (!credential.equals(this.credential)) {
        this.credential = credential;
        token = null;
        underWay = null;
        inHeader = null;
      }
      Token known = token;
      if (known != null && known.isUsable(clock.instant())) {
        return CompletableFuture.completedFuture(known.header());
      }
      if (underWay != null) {
        return underWay.thenApply(Token::header);
      }
      fresh = new CompletableFuture<>();
      underWay = fresh;
    }
    fetch(credential, userAgent).whenComplete((got, failure) -> arrived(fresh, got, failure));
    return fresh.thenApply(Token::header);
  }

  private void arrived(
      CompletableFuture<Token> waiting, @Nullable Token got, @Nullable Throwable failure) {
    synchronized (this) {
      if (waiting.equals(underWay)) {
        underWay = null;
        token = got;
      }
    }
    if (got != null) {
      waiting.complete(got);
    } else {
      Throwable cause =
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      waiting.completeExceptionally(
          new NarthexException(
              HttpErrors.CREDENTIALS,
              cause == null ? "" : String.valueOf(cause.getMessage()),
              cause));
    }
  }

  private CompletableFuture<Token> fetch(String credential, String userAgent) {
    try {
      return switch (config.proof()) {
        case OAuth2Proof.ClientSecret secret -> byClientSecret(credential, userAgent);
        case OAuth2Proof.SignedAssertion proof -> byAssertion(proof, credential, userAgent);
      };
    } catch (CredentialsException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** The client is named in the header first, and then, if that fails, in the form. */
  private CompletableFuture<Token> byClientSecret(String secret, String userAgent)
      throws CredentialsException {
    FormBody form = new FormBody().with("grant_type", "client_credentials");
    if (!config.scopes().isEmpty()) {
      form.with("scope", String.join(" ", config.scopes()));
    }
    form.withParameters(config.endpointParams());
    Boolean known = inHeader;
    if (known != null) {
      return byClientSecret(form, secret, userAgent, known);
    }
    return byClientSecret(form, secret, userAgent, true)
        .exceptionallyCompose(refused -> byClientSecret(form, secret, userAgent, false));
  }

  private CompletableFuture<Token> byClientSecret(
      FormBody form, String secret, String userAgent, boolean header) {
    Map<String, String> headers = headers(userAgent);
    FormBody body = form.copy();
    if (header) {
      String pair = FormBody.escape(config.clientId()) + ":" + FormBody.escape(secret);
      headers.put(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII)));
    } else {
      body.with("client_id", config.clientId());
      if (!secret.isEmpty()) {
        body.with("client_secret", secret);
      }
    }
    return post(headers, body, false)
        .thenApply(
            got -> {
              inHeader = header;
              return got;
            });
  }

  private CompletableFuture<Token> byAssertion(
      OAuth2Proof.SignedAssertion proof, String key, String userAgent) throws CredentialsException {
    FormBody form =
        new FormBody()
            .with("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer")
            .with("assertion", JwtAssertion.signed(config, proof, key, clock.instant()));
    if (!config.scopes().isEmpty()) {
      form.with("scope", String.join(" ", config.scopes()));
    }
    form.withParameters(config.endpointParams());
    return post(headers(userAgent), form, true);
  }

  private static Map<String, String> headers(String userAgent) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", "application/x-www-form-urlencoded");
    headers.put("User-Agent", userAgent);
    return headers;
  }

  private CompletableFuture<Token> post(
      Map<String, String> headers, FormBody form, boolean strict) {
    URI url;
    try {
      url = URI.create(config.tokenUrl());
    } catch (IllegalArgumentException repeatsIt) {
      return CompletableFuture.failedFuture(
          new CredentialsException("oauth2: token_url is not a URL"));
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    return session
        .send(
            new HttpRequest("POST", url, headers, form.encoded(), LIMIT),
            piece -> collect(body, piece))
        .handle((answer, failure) -> read(answer, failure, body, strict));
  }

  private Token read(
      @Nullable HttpAnswer answer,
      @Nullable Throwable failure,
      ByteArrayOutputStream body,
      boolean strict) {
    if (answer == null) {
      String message = failure == null ? "" : String.valueOf(failure.getMessage());
      throw new CompletionException(
          new CredentialsException(strict ? "oauth2: cannot fetch token: " + message : message));
    }
    try {
      return TokenAnswer.token(
          answer, body.toString(StandardCharsets.UTF_8), strict, clock.instant());
    } catch (CredentialsException e) {
      throw new CompletionException(e);
    }
  }

  private static boolean collect(ByteArrayOutputStream body, ByteBuffer piece) {
    if (body.size() + piece.remaining() > MAX_ANSWER) {
      return false;
    }
    byte[] bytes = new byte[piece.remaining()];
    piece.get(bytes);
    body.writeBytes(bytes);
    return true;
  }

  @Override
  public void close() {
    session.close();
  }
}
