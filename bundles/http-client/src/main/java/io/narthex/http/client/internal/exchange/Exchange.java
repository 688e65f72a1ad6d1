package io.narthex.http.client.internal.exchange;

import io.narthex.api.error.ErrorCode;
import io.narthex.api.error.NarthexException;
import io.narthex.api.http.BodySink;
import io.narthex.api.http.HttpAnswer;
import io.narthex.api.http.HttpErrors;
import io.narthex.api.http.HttpRequest;
import io.narthex.http.client.internal.exchange.Preparation.Prepared;
import io.narthex.http.client.internal.proxy.Proxy;
import io.narthex.http.client.internal.secret.CredentialsException;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One request with its redirects and retries. Ends with the first of: the whole body, an error, the
 * timeout, being given up. All of it runs on the event loop of its route, but for {@link #giveUp}.
 */
final class Exchange {
  private static final int MAX_RETRIES = 3;

  /** Go reads so much of a redirect's body in order to keep the connection. */
  private static final int DRAINED = 2048;

  private static final String DEADLINE = "context deadline exceeded";
  private static final int REFUSED_STREAM = 7;

  /** What the statuses of success begin with. */
  private static final int SUCCESS = 2;

  private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");
  private static final Map<String, HttpMethod> METHODS =
      Map.of("GET", HttpMethod.GET, "POST", HttpMethod.POST, "HEAD", HttpMethod.HEAD);

  private final ExchangeRules rules;
  private final HttpRequest request;
  private final BodySink sink;
  private final Route first;
  private final long deadline;
  private final CompletableFuture<HttpAnswer> result = new CompletableFuture<>();

  private Hop hop;
  private int requests;
  private int retries;
  private @Nullable HttpClientRequest current;
  private boolean firstUse;
  private boolean reading;

  /** The answer whose body is being read, if it says that there is nothing to have. */
  private @Nullable HttpClientResponse refusal;

  private long timer = -1;

  Exchange(ExchangeRules rules, HttpRequest request, BodySink sink, Route route) {
    this.rules = rules;
    this.request = request;
    this.sink = sink;
    this.first = route;
    this.hop = Hop.first(request, route);
    this.deadline = rules.clock().monotonicNanos() + request.timeout().toNanos();
  }

  CompletableFuture<HttpAnswer> begin() {
    result.whenComplete(
        (answer, failure) -> {
          if (result.isCancelled()) {
            first.context().runOnContext(cancelled -> end());
          }
        });
    first.context().runOnContext(started -> start());
    return result;
  }

  private void start() {
    if (result.isDone()) {
      return;
    }
    timer = rules.vertx().setTimer(Math.max(1, remainingMillis()), id -> expire());
    guarded(this::prepare);
  }

  /** A defect must not leave the caller waiting for the timeout. */
  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      fail(HttpErrors.CONNECTION, of("the request cannot be sent: " + e));
    }
  }

  private long remainingMillis() {
    return TimeUnit.NANOSECONDS.toMillis(deadline - rules.clock().monotonicNanos());
  }

  private void expire() {
    fail(HttpErrors.TIMEOUT, reading ? DEADLINE : of(DEADLINE));
  }

  /** Gives the request up, from any thread. */
  void giveUp(String why) {
    first.context().runOnContext(v -> fail(HttpErrors.CONNECTION, reading ? why : of(why)));
  }

  private void prepare() {
    requests++;
    Route route = hop.route();
    Optional<Proxy> proxy;
    try {
      proxy = rules.proxies().proxyFor(route.https(), route.host(), route.port());
    } catch (IllegalArgumentException e) {
      fail(HttpErrors.CONNECTION, of(String.valueOf(e.getMessage())));
      return;
    }
    boolean tls = route.https() || proxy.isPresent() && proxy.get().isTls();
    boolean credentials = hop.takesCredentials();
    Prepared ready = rules.preparation().now(tls, credentials);
    if (ready != null) {
      connect(ready, proxy);
      return;
    }
    rules
        .preparation()
        .later(tls, credentials, userAgent())
        .whenComplete(
            (prepared, failure) ->
                first
                    .context()
                    .runOnContext(v -> guarded(() -> prepared(prepared, failure, proxy))));
  }

  private void prepared(
      @Nullable Prepared prepared, @Nullable Throwable failure, Optional<Proxy> proxy) {
    if (result.isDone()) {
      return;
    }
    if (prepared != null) {
      connect(prepared, proxy);
      return;
    }
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    String message = cause == null ? "" : String.valueOf(cause.getMessage());
    ErrorCode code =
        cause instanceof NarthexException known ? known.code() : HttpErrors.CREDENTIALS;
    fail(cause instanceof CredentialsException ? HttpErrors.CREDENTIALS : code, of(message));
  }

  private void connect(Prepared prepared, Optional<Proxy> proxy) {
    Route route = hop.route();
    if (proxy.isPresent() && route.https() && rules.proxies().hasConnectHeaders()) {
      fail(
          HttpErrors.CONNECTION,
          of(
              "proxy_connect_header is set, and this version of Narthex cannot send headers with"
                  + " CONNECT; remove it or reach the target without a proxy"));
      return;
    }
    HttpClient client = prepared.connections().client(route);
    if (client == null) {
      retryWithNewConnections();
      return;
    }
    Future<HttpClientRequest> future;
    try {
      future = client.request(options(prepared.connections(), proxy));
    } catch (IllegalStateException closed) {
      retryWithNewConnections();
      return;
    }
    future.onComplete(
        obtained -> {
          HttpClientRequest ready = obtained.succeeded() ? obtained.result() : null;
          if (ready != null) {
            send(ready, prepared);
          } else {
            failedConnecting(obtained.cause(), proxy.isPresent());
          }
        });
  }

  private RequestOptions options(Connections connections, Optional<Proxy> proxy) {
    Route route = hop.route();
    RequestOptions options =
        new RequestOptions()
            .setMethod(METHODS.getOrDefault(hop.method(), HttpMethod.valueOf(hop.method())))
            .setSsl(route.https())
            .setURI(route.uri())
            .setHost(route.https() ? Connections.sniName(route, connections.tls()) : route.host())
            .setPort(route.port())
            .setServer(SocketAddress.inetSocketAddress(route.port(), route.host()))
            .setConnectTimeout(Math.max(1, remainingMillis()));
    if (proxy.isPresent()) {
      Proxy used = proxy.get();
      options.setProxyOptions(used.isTls() ? connections.withTls(used.options()) : used.options());
      if (!route.https() && !used.isTunnel()) {
        options.setURI("http://" + route.authority() + route.uri());
      }
    }
    return options;
  }

  /** The session has changed to newer TLS material since it was asked. */
  private void retryWithNewConnections() {
    if (retries++ < MAX_RETRIES && !result.isDone()) {
      requests--;
      prepare();
    } else {
      fail(HttpErrors.CONNECTION, of("the HTTP client was closed"));
    }
  }

  private void failedConnecting(Throwable cause, boolean proxied) {
    if (result.isDone()) {
      return;
    }
    if (cause instanceof IllegalStateException) {
      retryWithNewConnections();
    } else if (cause instanceof TimeoutException) {
      // Vert.x has the same deadline for connecting, and may be first to see that it is over.
      fail(HttpErrors.TIMEOUT, of(DEADLINE));
    } else {
      fail(FailureWords.connecting(cause, hop.route(), proxied));
    }
  }

  private void send(HttpClientRequest ready, Prepared prepared) {
    Route route = hop.route();
    current = ready;
    firstUse = prepared.connections().isFirstUse(ready.connection());
    // Without a handler Vert.x logs each reset.
    ready.exceptionHandler(e -> {});
    if (result.isDone()) {
      ready.reset();
      return;
    }
    try {
      ready.authority(route.peer());
      hop.fill(ready.headers(), request, prepared, rules.userAgent());
      if (ready.version() != HttpVersion.HTTP_2) {
        ready.headers().set("Host", route.authority());
      }
    } catch (IllegalArgumentException e) {
      // What Netty says repeats the value, which may be a secret.
      fail(HttpErrors.CREDENTIALS, of("net/http: invalid header field name or value"));
      return;
    }
    Future<HttpClientResponse> answered =
        hop.hasBody() ? ready.send(Buffer.buffer(request.body())) : bodyless(ready);
    answered.onComplete(
        head -> {
          HttpClientResponse response = head.succeeded() ? head.result() : null;
          if (response == null) {
            retryOrFail(head.cause(), ready.connection());
          } else if (!result.isDone()) {
            respond(response);
          }
        });
  }

  private Future<HttpClientResponse> bodyless(HttpClientRequest ready) {
    // As Go: a POST without a body says so.
    return WITH_BODY.contains(hop.method()) ? ready.send(Buffer.buffer()) : ready.send();
  }

  private String userAgent() {
    for (Map.Entry<String, String> header : request.headers().entrySet()) {
      if (header.getKey().equalsIgnoreCase("user-agent")) {
        return header.getValue();
      }
    }
    return rules.userAgent();
  }

  private void respond(HttpClientResponse response) {
    // Without a handler Vert.x logs each reset of a response that nobody wants to read.
    response.exceptionHandler(e -> {});
    int status = response.statusCode();
    String location = response.getHeader("Location");
    if (!Redirects.isRedirect(status) || location == null || location.isEmpty()) {
      read(response);
      return;
    }
    URI to;
    try {
      to = Redirects.target(hop.url(), location);
    } catch (IllegalArgumentException e) {
      String shown = GoQuote.of(ShownUrl.of(location));
      fail(
          HttpErrors.PROTOCOL,
          of(
              "failed to parse Location header %s: parse %s: %s"
                  .formatted(shown, shown, e.getMessage())));
      return;
    }
    if (rules.followRedirects()) {
      redirect(response, location, to);
    } else {
      read(response);
    }
  }

  private void redirect(HttpClientResponse response, String location, URI to) {
    if (requests >= Redirects.MAX_REQUESTS) {
      fail(
          HttpErrors.PROTOCOL,
          failed(
              ShownUrl.of(location),
              "stopped after %d redirects".formatted(Redirects.MAX_REQUESTS)));
      return;
    }
    try {
      Route next = Routes.redirected(to, first.context());
      hop = hop.redirected(first, next, to, response.statusCode());
    } catch (IllegalArgumentException e) {
      fail(HttpErrors.PROTOCOL, failed(ShownUrl.of(to.toString()), String.valueOf(e.getMessage())));
      return;
    }
    retries = 0;
    drain(response);
  }

  /** A short body is read to its end so that the connection can be used again. */
  private void drain(HttpClientResponse response) {
    HttpClientRequest answered = current;
    int[] drained = {0};
    response.handler(
        piece -> {
          drained[0] += piece.length();
          if (drained[0] > DRAINED && answered != null) {
            answered.reset();
            follow(answered);
          }
        });
    response.exceptionHandler(e -> follow(answered));
    // The connection is given back to the pool only after this.
    response.endHandler(end -> first.context().runOnContext(v -> follow(answered)));
  }

  /** Goes on, once, to where the redirect leads. */
  private void follow(@Nullable HttpClientRequest answered) {
    if (!result.isDone() && answered != null && answered.equals(current)) {
      current = null;
      guarded(this::prepare);
    }
  }

  private void read(HttpClientResponse response) {
    reading = true;
    if (response.statusCode() / 100 != SUCCESS) {
      refusal = response;
    }
    HttpConnection connection = response.request().connection();
    response.handler(this::take);
    response.exceptionHandler(e -> fail(FailureWords.reading(e, connection)));
    // The connection is given back to the pool only after this; the caller may want it at once.
    response.endHandler(end -> first.context().runOnContext(v -> complete(response)));
  }

  private void take(Buffer piece) {
    if (result.isDone()) {
      return;
    }
    try {
      if (!sink.accept(readable(piece))) {
        fail(HttpErrors.BODY_REFUSED, "the body was refused");
      }
    } catch (RuntimeException e) {
      fail(HttpErrors.BODY_REFUSED, "the body was refused: " + e);
    }
  }

  /** Without copying, where Netty allows it. */
  private static ByteBuffer readable(Buffer piece) {
    ByteBuf bytes = ((BufferInternal) piece).getByteBuf();
    return bytes.nioBuffer(bytes.readerIndex(), bytes.readableBytes());
  }

  private void complete(HttpClientResponse response) {
    if (result.complete(answer(response))) {
      cancelTimer();
    }
  }

  private static HttpAnswer answer(HttpClientResponse response) {
    Map<String, String> headers = new HashMap<>();
    for (Map.Entry<String, String> header : response.headers()) {
      headers.putIfAbsent(header.getKey().toLowerCase(Locale.ROOT), header.getValue());
    }
    String reason = response.statusMessage() == null ? "" : response.statusMessage();
    return new HttpAnswer(response.statusCode(), reason, headers);
  }

  /**
   * A server may close a kept connection just as it is used again; that says nothing about the
   * server.
   */
  private void retryOrFail(Throwable cause, HttpConnection connection) {
    if (result.isDone()) {
      return;
    }
    String head = Connections.head(connection);
    boolean refused =
        cause instanceof StreamResetException reset && reset.getCode() == REFUSED_STREAM;
    boolean stale = !firstUse && head.isEmpty() && IDEMPOTENT.contains(hop.method());
    if ((refused || stale) && retries < MAX_RETRIES) {
      retries++;
      requests--;
      current = null;
      prepare();
    } else {
      fail(FailureWords.waiting(cause, head, connection));
    }
  }

  /** As upstream begins the messages about requests that got no answer. */
  private String of(String message) {
    return failed(hop.route().url(), message);
  }

  private String failed(String url, String message) {
    String given = request.method();
    String operation = given.substring(0, 1) + given.substring(1).toLowerCase(Locale.ROOT);
    return "%s \"%s\": %s".formatted(operation, url, message);
  }

  private void fail(Failure failure) {
    fail(failure.code(), reading ? failure.words() : of(failure.words()));
  }

  /** A refusal is known by its head: that its body does not come whole takes nothing from it. */
  private void fail(ErrorCode code, String message) {
    HttpClientResponse refused = refusal;
    if (refused != null && result.complete(answer(refused))) {
      end();
      return;
    }
    if (result.completeExceptionally(new NarthexException(code, message))) {
      end();
    }
  }

  private void end() {
    cancelTimer();
    HttpClientRequest last = current;
    if (last != null) {
      last.reset();
    }
  }

  private void cancelTimer() {
    if (timer >= 0) {
      rules.vertx().cancelTimer(timer);
      timer = -1;
    }
  }
}
