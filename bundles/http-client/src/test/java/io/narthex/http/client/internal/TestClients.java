package io.narthex.http.client.internal;

import io.narthex.api.error.ErrorCode;
import io.narthex.api.error.NarthexException;
import io.narthex.api.flags.ServerFlags;
import io.narthex.api.http.HttpAnswer;
import io.narthex.api.http.HttpClientConfig;
import io.narthex.api.http.HttpRequest;
import io.narthex.api.http.HttpSession;
import io.narthex.api.metrics.MetricRegistry;
import io.narthex.api.scope.BundleScope;
import io.narthex.api.time.Clock;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The service with all that it needs, on a Vert.x of its own. */
public final class TestClients implements AutoCloseable {
  public static final Duration TIMEOUT = Duration.ofSeconds(20);

  public final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  public final Map<String, String> environment = new HashMap<>();
  public final AtomicLong clockOffset = new AtomicLong();
  public final ConfiguredHttpClients clients;
  private final Scope scope = new Scope();

  /** What became of a request: a status and a body, or an error. */
  public record Outcome(String text, ErrorCode code) {
    static final ErrorCode NONE =
        new ErrorCode("none/none", io.narthex.api.error.ErrorKind.INTERNAL);

    @Override
    public String toString() {
      return text;
    }
  }

  public TestClients() {
    Clock clock =
        new Clock() {
          @Override
          public long wallMillis() {
            return System.currentTimeMillis() + clockOffset.get();
          }

          @Override
          public long monotonicNanos() {
            return System.nanoTime();
          }
        };
    clients = new ConfiguredHttpClients(vertx, flags(), clock, scope, environment::get);
  }

  private static ServerFlags flags() {
    return (ServerFlags)
        Proxy.newProxyInstance(
            ServerFlags.class.getClassLoader(),
            new Class<?>[] {ServerFlags.class},
            (self, method, arguments) -> {
              if (method.getName().equals("upstreamVersion")) {
                return "3.14.0";
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }

  public HttpSession open(HttpClientConfig config) {
    return clients.open("test", config);
  }

  public static Outcome get(HttpSession session, String url) throws InterruptedException {
    return get(session, url, TIMEOUT);
  }

  public static Outcome get(HttpSession session, String url, Duration timeout)
      throws InterruptedException {
    return send(session, HttpRequest.get(URI.create(url), Map.of(), timeout));
  }

  public static Outcome send(HttpSession session, HttpRequest request) throws InterruptedException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    CompletableFuture<HttpAnswer> answer =
        session.send(
            request,
            piece -> {
              while (piece.hasRemaining()) {
                body.write(piece.get());
              }
              return true;
            });
    try {
      return new Outcome(
          answer.get(40, TimeUnit.SECONDS).status()
              + " "
              + body.toString(StandardCharsets.ISO_8859_1),
          Outcome.NONE);
    } catch (ExecutionException e) {
      NarthexException failure = (NarthexException) e.getCause();
      return new Outcome("error " + failure.getMessage(), failure.code());
    } catch (java.util.concurrent.TimeoutException e) {
      throw new AssertionError("the request did not end", e);
    }
  }

  /** What happens when the bundle stops. */
  public void closeScope() {
    scope.close();
  }

  @Override
  public void close() {
    scope.close();
    vertx.close().await();
  }

  private static final class Scope implements BundleScope {
    private final Deque<AutoCloseable> owned = new ArrayDeque<>();

    @Override
    public ExecutorService pool(String name, int threads, int queueCapacity) {
      return own(
          new ThreadPoolExecutor(
              threads, threads, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queueCapacity)));
    }

    @Override
    public ScheduledExecutorService scheduler(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Thread thread(String name, Runnable body) {
      throw new UnsupportedOperationException();
    }

    @Override
    public MetricRegistry metrics() {
      return (MetricRegistry)
          Proxy.newProxyInstance(
              MetricRegistry.class.getClassLoader(),
              new Class<?>[] {MetricRegistry.class},
              (self, method, arguments) -> null);
    }

    @Override
    public <T extends AutoCloseable> T own(T resource) {
      owned.push(resource);
      return resource;
    }

    void close() {
      while (!owned.isEmpty()) {
        try {
          owned.pop().close();
        } catch (Exception e) {
          throw new AssertionError(e);
        }
      }
    }
  }
}
