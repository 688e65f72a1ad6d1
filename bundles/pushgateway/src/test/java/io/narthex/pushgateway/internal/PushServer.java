package io.narthex.pushgateway.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.flags.ServerFlags;
import io.narthex.api.guard.PluginGuard;
import io.narthex.api.time.Clock;
import io.narthex.pushgateway.internal.group.GroupLimits;
import io.narthex.pushgateway.internal.peer.RawHttp;
import io.narthex.spi.state.KeyedLogStore;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;

/** The pushgateway mounted on a real server on a free port, as the runtime mounts it. */
public final class PushServer implements AutoCloseable {
  static final GroupLimits LIMITS = new GroupLimits(1000, 1 << 20, 64 << 20);

  private final Vertx vertx = Vertx.vertx();
  final FakeScope scope = new FakeScope();
  final MemoryLogStore store;
  final ComponentServiceObjects<KeyedLogStore> service;
  final PushgatewayRoutes routes;
  private final int port;

  public PushServer() {
    this(new MemoryLogStore(), LIMITS, 64 << 20, true);
  }

  PushServer(MemoryLogStore store, GroupLimits limits, long bodyBytes, boolean admin) {
    this.store = store;
    this.service = new Service(store);
    this.routes = routes(scope, limits, bodyBytes, admin);
    Router root = Router.router(vertx);
    Router mounted = Router.router(vertx);
    routes.mount(mounted);
    root.route("/pushgateway/*").subRouter(mounted);
    port =
        vertx.createHttpServer().requestHandler(root).listen(0, "127.0.0.1").await().actualPort();
  }

  static PushgatewayRoutes routes(
      FakeScope scope, GroupLimits limits, long bodyBytes, boolean admin) {
    return new PushgatewayRoutes(
        new Flags(admin),
        new SystemClock(),
        new DirectGuard(),
        scope,
        limits,
        bodyBytes,
        Duration.ofMillis(20));
  }

  public int port() {
    return port;
  }

  /** Binds the store and waits until it is in use. */
  public void storeComes() throws Exception {
    routes.bindStore(service);
    await(() -> ready() == 200);
  }

  /** Unbinds the store and waits until it is not in use. */
  void storeGoes() throws Exception {
    routes.unbindStore(service);
    await(() -> ready() == 503);
  }

  int ready() {
    try {
      return send("GET", "/-/ready", "").status();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RawHttp.Response send(String method, String path, String body, String... headers)
      throws IOException {
    return send(method, path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  RawHttp.Response send(String method, String path, byte[] body, String... headers)
      throws IOException {
    return RawHttp.send(port, method, "/pushgateway" + path, List.of(headers), body);
  }

  String metrics() throws IOException {
    return send("GET", "/metrics", "").body();
  }

  static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("condition within 20 s").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }

  @Override
  public void close() throws Exception {
    routes.stop();
    scope.close();
    vertx.close().await();
  }

  private record Service(KeyedLogStore store) implements ComponentServiceObjects<KeyedLogStore> {
    @Override
    public KeyedLogStore getService() {
      return store;
    }

    @Override
    public void ungetService(KeyedLogStore given) {}

    @Override
    public ServiceReference<KeyedLogStore> getServiceReference() {
      throw new UnsupportedOperationException();
    }
  }

  /** Calls at once, on the caller's thread. */
  private static final class DirectGuard implements PluginGuard {
    @Override
    public <S, R> CompletableFuture<R> call(
        ComponentServiceObjects<S> plugin,
        String operation,
        Duration limit,
        PluginCall<S, R> call) {
      try {
        return CompletableFuture.completedFuture(call.apply(plugin.getService()));
      } catch (Exception e) {
        return CompletableFuture.failedFuture(e);
      }
    }
  }

  private record SystemClock() implements Clock {
    @Override
    public long wallMillis() {
      return System.currentTimeMillis();
    }

    @Override
    public long monotonicNanos() {
      return System.nanoTime();
    }
  }

  private record Flags(boolean admin) implements ServerFlags {
    @Override
    public boolean isOn(String name) {
      if (!name.equals("web.enable-admin-api")) {
        throw new AssertionError(name);
      }
      return admin;
    }

    @Override
    public String get(String name) {
      throw new AssertionError(name);
    }

    @Override
    public Optional<String> find(String name) {
      throw new AssertionError(name);
    }

    @Override
    public List<String> all(String name) {
      throw new AssertionError(name);
    }

    @Override
    public SortedMap<String, String> listing() {
      return new TreeMap<>(Map.of("a.flag", "x"));
    }

    @Override
    public Path dataDirectory() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Path home() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String narthexVersion() {
      return "1.2.3";
    }

    @Override
    public String upstreamVersion() {
      throw new UnsupportedOperationException();
    }
  }
}
