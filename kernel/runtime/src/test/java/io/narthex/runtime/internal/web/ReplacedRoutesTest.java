package io.narthex.runtime.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

/** Routes of a bundle that was updated are let go, though those of others stay. */
class ReplacedRoutesTest {
  private final Vertx vertx = Vertx.vertx();
  private final RequestDispatcher dispatcher = new RequestDispatcher(vertx, null, null);
  private final Mount stays = mount("/stays");

  /** The routes of a bundle's old version and of its new one. */
  record Update(WeakReference<Router> old, Mount next) {}

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private Mount mount(String path) {
    Router router = Router.router(vertx);
    router.route().handler(request -> request.response().end());
    Bundle bundle =
        (Bundle)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Bundle.class},
                (proxy, method, arguments) -> null);
    return new Mount(path, bundle, router, false);
  }

  private Update update() {
    Mount goes = mount("/goes");
    dispatcher.use(List.of(stays, goes));
    return new Update(new WeakReference<>(goes.router()), mount("/goes"));
  }

  @Test
  void routesThatWereReplacedAreCollected() {
    Update update = update();
    dispatcher.use(List.of(stays, update.next()));
    long end = System.nanoTime() + 20_000_000_000L;
    while (update.old().get() != null && System.nanoTime() < end) {
      System.gc();
    }
    assertThat(update.old().get()).isNull();
    assertThat(stays.router().getRoutes()).hasSize(1);
  }
}
