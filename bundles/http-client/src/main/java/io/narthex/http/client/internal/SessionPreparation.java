package io.narthex.http.client.internal;

import io.narthex.api.http.HttpAuthorization;
import io.narthex.api.http.HttpAuthorization.OAuth2Proof;
import io.narthex.api.http.HttpClientConfig;
import io.narthex.api.http.SecretSource;
import io.narthex.http.client.internal.exchange.Connections;
import io.narthex.http.client.internal.exchange.Preparation;
import io.narthex.http.client.internal.oauth.TokenSource;
import io.narthex.http.client.internal.secret.CredentialsException;
import io.narthex.http.client.internal.secret.FileContents;
import io.narthex.http.client.internal.secret.Secrets;
import io.narthex.http.client.internal.tls.TlsLoader;
import io.narthex.http.client.internal.tls.TlsMaterial;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads credentials, headers and TLS material for a session's requests, as often as upstream does:
 * for each. What stands in the configuration itself is read once and costs a request nothing; files
 * are read on a pool.
 */
final class SessionPreparation implements Preparation {
  private final HttpClientConfig config;
  private final FileContents files;
  private final Secrets secrets;
  private final TlsLoader tlsLoader;
  private final @Nullable TokenSource tokens;
  private final Executor pool;
  private final Function<@Nullable TlsMaterial, Connections> connector;
  private final Connections plain;
  private final boolean authorizationInFile;
  private final boolean headersInFile;
  private final @Nullable String fixedAuthorization;
  private final List<Map.Entry<String, String>> fixedHeaders;
  private @Nullable Connections secure;
  private volatile @Nullable Connections fixedSecure;
  private boolean closed;

  /**
   * Preparation by a configuration.
   *
   * @param tokens for OAuth, null: none
   * @param connector makes connections with this material
   */
  SessionPreparation(
      HttpClientConfig config,
      FileContents files,
      TlsLoader tlsLoader,
      @Nullable TokenSource tokens,
      Executor pool,
      Function<@Nullable TlsMaterial, Connections> connector) {
    this.config = config;
    this.files = files;
    this.secrets = new Secrets(files);
    this.tlsLoader = tlsLoader;
    this.tokens = tokens;
    this.pool = pool;
    this.connector = connector;
    this.plain = connector.apply(null);
    this.authorizationInFile = isInFile(config.authorization());
    this.headersInFile =
        config.headers().values().stream().anyMatch(header -> !header.files().isEmpty());
    try {
      this.fixedAuthorization = authorizationInFile ? null : authorization();
      this.fixedHeaders = headersInFile ? List.of() : headers();
    } catch (CredentialsException e) {
      throw new IllegalStateException("what is in no file cannot fail to be read", e);
    }
  }

  private static boolean isInFile(HttpAuthorization authorization) {
    return switch (authorization) {
      case HttpAuthorization.None none -> false;
      case HttpAuthorization.Basic basic ->
          Secrets.inFile(basic.username()) || Secrets.inFile(basic.password());
      case HttpAuthorization.Credentials given ->
          given.credentials() instanceof SecretSource.InFile;
      case HttpAuthorization.OAuth2 oauth -> false;
    };
  }

  @Override
  public @Nullable Prepared now(boolean tls, boolean credentials) {
    boolean waits = credentials && (authorizationInFile || tokens != null);
    Connections connections = tls ? fixedSecure : plain;
    return waits || headersInFile || connections == null
        ? null
        : new Prepared(connections, credentials ? fixedAuthorization : null, false, fixedHeaders);
  }

  @Override
  public CompletableFuture<Prepared> later(boolean tls, boolean credentials, String userAgent) {
    CompletableFuture<Prepared> result = new CompletableFuture<>();
    try {
      pool.execute(() -> read(tls, credentials, userAgent, result));
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(
          new CredentialsException("too many requests wait for files to be read"));
    }
    return result;
  }

  private void read(
      boolean tls, boolean credentials, String userAgent, CompletableFuture<Prepared> result) {
    try {
      Connections connections = tls ? secure() : plain;
      List<Map.Entry<String, String>> headers = headersInFile ? headers() : fixedHeaders;
      TokenSource source = tokens;
      if (credentials
          && source != null
          && config.authorization() instanceof HttpAuthorization.OAuth2 oauth) {
        source
            .header(proof(oauth.proof()), userAgent)
            .whenComplete((token, failure) -> end(result, connections, token, headers, failure));
      } else {
        String authorization = authorizationInFile ? authorization() : fixedAuthorization;
        result.complete(
            new Prepared(connections, credentials ? authorization : null, false, headers));
      }
    } catch (CredentialsException | RuntimeException e) {
      result.completeExceptionally(e);
    }
  }

  private static void end(
      CompletableFuture<Prepared> result,
      Connections connections,
      @Nullable String token,
      List<Map.Entry<String, String>> headers,
      @Nullable Throwable failure) {
    if (failure == null) {
      result.complete(new Prepared(connections, token, true, headers));
    } else {
      result.completeExceptionally(failure);
    }
  }

  private String proof(OAuth2Proof proof) throws CredentialsException {
    return switch (proof) {
      case OAuth2Proof.ClientSecret secret -> text("oauth2 client secret", secret.secret());
      case OAuth2Proof.SignedAssertion assertion ->
          text("oauth2 client secret", Optional.of(assertion.key()));
    };
  }

  private @Nullable String authorization() throws CredentialsException {
    return switch (config.authorization()) {
      case HttpAuthorization.None none -> null;
      case HttpAuthorization.OAuth2 oauth -> null;
      case HttpAuthorization.Basic basic -> {
        String user = text("basic auth username", basic.username());
        String password = text("basic auth password", basic.password());
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        yield "Basic " + Base64.getEncoder().encodeToString(pair);
      }
      case HttpAuthorization.Credentials given ->
          given.type() + " " + text("authorization credentials", Optional.of(given.credentials()));
    };
  }

  private String text(String what, Optional<SecretSource> source) throws CredentialsException {
    try {
      return secrets.text(source);
    } catch (IOException e) {
      throw new CredentialsException("unable to read %s: %s".formatted(what, e.getMessage()), e);
    }
  }

  private List<Map.Entry<String, String>> headers() throws CredentialsException {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    for (Map.Entry<String, HttpClientConfig.HeaderValues> header : config.headers().entrySet()) {
      String name = header.getKey();
      header.getValue().values().forEach(value -> headers.add(Map.entry(name, value)));
      header.getValue().secrets().forEach(s -> headers.add(Map.entry(name, s.reveal())));
      for (Path file : header.getValue().files()) {
        headers.add(Map.entry(name, headerIn(file)));
      }
    }
    return headers;
  }

  private String headerIn(Path file) throws CredentialsException {
    try {
      return files.text(file);
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      throw new CredentialsException(message.replaceFirst("read file", "read headers file"), e);
    }
  }

  /** Connections with the material as it is now; those with older material are given up. */
  private synchronized Connections secure() throws CredentialsException {
    TlsMaterial material = tlsLoader.load();
    Connections known = secure;
    if (known != null && material.equals(known.tls())) {
      return known;
    }
    if (closed) {
      throw new CredentialsException("the HTTP client was closed");
    }
    Connections made = connector.apply(material);
    secure = made;
    if (!tlsLoader.readsFiles()) {
      fixedSecure = made;
    }
    if (known != null) {
      known.retire();
    }
    return made;
  }

  synchronized void close() {
    closed = true;
    plain.close();
    if (secure != null) {
      secure.close();
    }
    if (tokens != null) {
      tokens.close();
    }
  }
}
