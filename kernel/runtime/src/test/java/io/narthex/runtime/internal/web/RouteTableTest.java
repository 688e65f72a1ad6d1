package io.narthex.runtime.internal.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;

class RouteTableTest {
  private final Vertx vertx = Vertx.vertx();
  private final Router router = Router.router(vertx);
  private final List<Mount> published = new ArrayList<>();
  private final RouteTable table =
      new RouteTable(
          mounts -> {
            published.clear();
            published.addAll(mounts);
          });
  private final Bundle api = bundle();
  private final Bundle ui = bundle();

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void longerPathsComeFirst() {
    table.add("ui", mount("/", ui));
    table.add("api", mount("/api/v1", api));
    table.add("bundles", mount("/api/v1/bundles", api));
    assertThat(published)
        .extracting(Mount::path)
        .containsExactly("/api/v1/bundles", "/api/v1", "/");
  }

  @Test
  void routesThatWentAwayLeaveTheirPathBehind() {
    table.add("api", mount("/api/v1", api));
    table.remove("api");
    assertThat(published).singleElement().satisfies(mount -> assertThat(mount.router()).isNull());
  }

  @Test
  void routesThatCameBackTakeTheirPlace() {
    table.add("api", mount("/api/v1", api));
    table.remove("api");
    table.add("api again", mount("/api/v1", api));
    assertThat(published)
        .singleElement()
        .satisfies(mount -> assertThat(mount.router()).isNotNull());
  }

  @Test
  void anUpdateThatAddsTheNewBeforeItRemovesTheOldKeepsTheNew() {
    table.add("old", mount("/api/v1", api));
    table.add("new", mount("/api/v1", api));
    table.remove("old");
    assertThat(published)
        .singleElement()
        .satisfies(mount -> assertThat(mount.router()).isNotNull());
  }

  @Test
  void nothingIsLeftOfAnUninstalledBundle() {
    table.add("api", mount("/api/v1", api));
    table.add("ui", mount("/", ui));
    table.remove("api");
    table.forget(api);
    assertThat(published).extracting(Mount::path).containsExactly("/");
  }

  @Test
  void removingWhatWasNeverAddedChangesNothing() {
    table.remove("nobody");
    assertThat(published).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "api", "/api/", "//", "/a?b", "null"})
  void refusesPathsThatCouldNotMatch(String path) {
    assertThatThrownBy(() -> mount(path, api))
        .hasMessageStartingWith(
            "a mount is a path such as /api/v1, without a slash at its end, got ");
  }

  private Mount mount(String path, Bundle bundle) {
    return new Mount(path, bundle, router, false);
  }

  /** A bundle that is only equal to itself. */
  private static Bundle bundle() {
    return (Bundle)
        Proxy.newProxyInstance(
            RouteTableTest.class.getClassLoader(),
            new Class<?>[] {Bundle.class},
            (self, method, args) ->
                switch (method.getName()) {
                  case "equals" -> self == args[0];
                  case "hashCode" -> System.identityHashCode(self);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
