package io.narthex.tck.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.spi.http.RouteProvider;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every route provider must do; subclass it and give yours. */
public abstract class RouteProviderContract {
  private final Vertx vertx = Vertx.vertx();

  /** The provider, ready to be mounted. */
  protected abstract RouteProvider provider();

  /** Ends what the tests made. */
  @AfterEach
  public final void closeVertx() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void itAddsRoutes() {
    assertThat(mount(provider())).isNotEmpty();
  }

  /** After an update of the platform the same provider is mounted on another router. */
  @Test
  void itMayBeMountedAgainWithTheSameRoutes() {
    RouteProvider provider = provider();
    assertThat(paths(mount(provider))).isEqualTo(paths(mount(provider)));
  }

  /** Mounting happens while others start; what takes long belongs into the handlers. */
  @Test
  void itMountsAtOnceOnAnyThread() throws Exception {
    RouteProvider provider = provider();
    CompletableFuture<List<Route>> mounted = CompletableFuture.supplyAsync(() -> mount(provider));
    assertThat(mounted.get(2, TimeUnit.SECONDS)).isNotEmpty();
  }

  private List<Route> mount(RouteProvider provider) {
    Router router = Router.router(vertx);
    provider.mount(router);
    return router.getRoutes();
  }

  private static List<String> paths(List<Route> routes) {
    return routes.stream().map(route -> route.methods() + " " + route.getPath()).toList();
  }
}
