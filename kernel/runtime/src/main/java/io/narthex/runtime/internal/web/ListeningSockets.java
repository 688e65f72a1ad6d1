package io.narthex.runtime.internal.web;

import io.narthex.api.flags.ServerFlags;
import io.narthex.api.readiness.ReadinessCheck;
import io.narthex.runtime.internal.process.ProcessEnd;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The sockets of {@code --web.listen-address}, and those on which a part has the paths of the
 * program that it replaces. They are opened once and live as long as the runtime, whatever other
 * bundles do, so no connection is ever refused because of an update.
 */
@Component(service = ReadinessCheck.class, immediate = true)
public final class ListeningSockets implements ReadinessCheck {
  private static final Logger logger = LoggerFactory.getLogger(ListeningSockets.class);

  /** Upstream's limit, which is Go's. */
  private static final int MAX_HEADER_BYTES = 1 << 20;

  private static final String MAIN_FLAG = "web.listen-address";

  /** Flags with an address of its own for a part. */
  private static final Map<String, Shortcut> SHORTCUTS =
      Map.of(
          "alertmanager.listen-address", Shortcut.ALERTMANAGER,
          "pushgateway.listen-address", Shortcut.PUSHGATEWAY);

  private final Vertx vertx;
  private final int maxConnections;
  private final AtomicInteger connections = new AtomicInteger();
  private final HttpServerOptions options;
  private final List<HttpServer> servers = new ArrayList<>();
  private final Set<String> notOpen = ConcurrentHashMap.newKeySet();

  /** Opens all of them; one that cannot be opened ends the process with one clear line. */
  @Activate
  public ListeningSockets(
      @Reference Vertx vertx,
      @Reference FrontDoor door,
      @Reference ServerFlags flags,
      @Reference ProcessEnd end) {
    this.vertx = vertx;
    this.maxConnections = Integer.parseInt(flags.get("web.max-connections"));
    this.options =
        new HttpServerOptions()
            .setIdleTimeout((int) Math.max(1, flags.duration("web.read-timeout").toSeconds()))
            .setMaxHeaderSize(MAX_HEADER_BYTES)
            .setMaxInitialLineLength(MAX_HEADER_BYTES)
            .setMaxFormAttributeSize(10 * 1024 * 1024);
    RequestDispatcher dispatcher = door.dispatcher();
    for (String address : flags.all(MAIN_FLAG)) {
      open(ListenAddress.parse(MAIN_FLAG, address), dispatcher, end);
    }
    SHORTCUTS.forEach(
        (flag, shortcut) ->
            flags
                .find(flag)
                .map(address -> ListenAddress.parse(flag, address))
                .ifPresent(address -> open(address, dispatcher.shortcut(shortcut), end)));
  }

  private void open(ListenAddress address, Handler<HttpServerRequest> handler, ProcessEnd end) {
    HttpServer server = server(handler);
    servers.add(server);
    notOpen.add(address.text());
    server
        .listen(address.port(), address.bindHost())
        .onSuccess(opened -> opened(address, opened))
        .onFailure(why -> end.fail(address.explain(why)));
  }

  private HttpServer server(Handler<HttpServerRequest> handler) {
    return vertx
        .createHttpServer(options)
        .requestHandler(handler)
        .connectionHandler(
            connection -> {
              if (connections.incrementAndGet() > maxConnections) {
                logger
                    .atDebug()
                    .addKeyValue("limit", maxConnections)
                    .log("too many connections, closing one");
                connection.close();
              }
              connection.closeHandler(closed -> connections.decrementAndGet());
            })
        .exceptionHandler(ListeningSockets::connectionFailed);
  }

  private static void connectionFailed(Throwable why) {
    // Clients that go away are everyday; anything else is a fault of ours.
    boolean everyday = why instanceof IOException || why instanceof VertxException;
    logger.atLevel(everyday ? Level.DEBUG : Level.ERROR).setCause(why).log("connection failed");
  }

  private void opened(ListenAddress address, HttpServer server) {
    logger
        .atInfo()
        .addKeyValue("address", address.text())
        .addKeyValue("url", address.url(server.actualPort()))
        .log("listening");
    notOpen.remove(address.text());
  }

  @Override
  public String part() {
    return "web";
  }

  @Override
  public Optional<String> notReady() {
    return notOpen.isEmpty()
        ? Optional.empty()
        : Optional.of("not listening yet on " + String.join(", ", notOpen));
  }

  /** Closes them, letting answers in progress finish for a moment. */
  @Deactivate
  public void close() throws Exception {
    Future.join(servers.stream().map(server -> server.shutdown(1, TimeUnit.SECONDS)).toList())
        .toCompletionStage()
        .toCompletableFuture()
        .get(2, TimeUnit.SECONDS);
  }
}
