package io.narthex.ui.internal;

import io.narthex.api.scope.BundleScope;
import io.narthex.spi.http.RouteProvider;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceScope;

/**
 * Serves the pages of the user interface: one HTML file under several paths, and the files it
 * names. Paths of upstream's older pages lead on. All redirects are relative, so they hold behind a
 * proxy that takes a prefix off.
 */
// Immediate: whoever mounts the routes may give the service back, and the routes must stay.
@Component(immediate = true, service = RouteProvider.class, property = RouteProvider.MOUNT + "=/")
public final class UiRoutes implements RouteProvider {
  private static final String FOLDER = "page";

  /** Files that may wait to be read; a browser asks for a dozen. */
  private static final int READER_QUEUE = 256;

  /** The file that all pages are. */
  private static final String PAGE = "index.html";

  static final List<String> PAGES = List.of("/query", "/alerts", "/rules", "/targets", "/plugins");

  private static final Map<String, String> MOVED =
      Map.of(
          "/", "query",
          "/graph", "query",
          "/classic", "query",
          "/classic/graph", "../query",
          "/classic/alerts", "../alerts",
          "/classic/rules", "../rules",
          "/classic/targets", "../targets");

  /** Upstream's pages that are not there yet, and where their data is. */
  static final Map<String, String> NOT_YET =
      Map.of(
          "/status", "/api/v1/status/runtimeinfo and /api/v1/status/buildinfo",
          "/tsdb-status", "/api/v1/status/tsdb",
          "/flags", "/api/v1/status/flags",
          "/config", "/api/v1/status/config",
          "/service-discovery", "/api/v1/targets",
          "/alertmanager-discovery", "/api/v1/alertmanagers",
          "/agent", "/api/v1/targets");

  static final String NO_UI =
      "This build of Narthex has no user interface: it was left out with -Dui.skip. The API is"
          + " there, for example at /api/v1/query?query=up";

  private final Map<String, Handler<RoutingContext>> answers = new LinkedHashMap<>();

  /** Reads the list of the files; they themselves are read when somebody asks for them. */
  @Activate
  public UiRoutes(@Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED) BundleScope scope) {
    this(AssetFolder.open(UiRoutes.class, FOLDER), scope.pool("files", 1, READER_QUEUE));
  }

  UiRoutes(Optional<AssetFolder> folder, Executor reader) {
    MOVED.forEach((path, target) -> answers.put(path, context -> redirect(context, target)));
    NOT_YET.forEach((path, data) -> answers.put(path, context -> refusePage(context, path, data)));
    PAGES.forEach(path -> answers.put(path, UiRoutes::refuseWithoutUi));
    folder.ifPresent(files -> serve(files, reader));
  }

  private void serve(AssetFolder folder, Executor reader) {
    AssetSender sender = new AssetSender(folder, reader);
    folder
        .assets()
        .forEach(
            (name, asset) -> {
              if (name.equals(PAGE)) {
                PAGES.forEach(path -> answers.put(path, context -> sender.send(context, asset)));
              } else {
                answers.put("/" + name, context -> sender.send(context, asset));
              }
            });
  }

  @Override
  public void mount(Router router) {
    answers.forEach(
        (path, answer) -> {
          router.get(path).handler(context -> atExactly(path, context, answer));
          router.head(path).handler(context -> atExactly(path, context, answer));
          router.route(path).handler(UiRoutes::refuseMethod);
        });
    router.route().handler(context -> PlainText.send(context.response(), 404, NOT_FOUND));
  }

  private static final String NOT_FOUND = "404 page not found";

  /**
   * A path with a slash at its end is another folder to a browser, where the page's files are not.
   */
  private static void atExactly(
      String path, RoutingContext context, Handler<RoutingContext> answer) {
    if (!path.equals("/") && String.valueOf(context.request().path()).endsWith("/")) {
      redirect(context, ".." + path.substring(path.lastIndexOf('/')));
    } else {
      answer.handle(context);
    }
  }

  private static void redirect(RoutingContext context, String target) {
    String query = context.request().query();
    context
        .response()
        .setStatusCode(302)
        .putHeader(HttpHeaders.LOCATION, query == null ? target : target + "?" + query)
        .end();
  }

  private static void refusePage(RoutingContext context, String path, String data) {
    PlainText.send(
        context.response(),
        404,
        "%s is a page of Prometheus that this version of Narthex does not have yet; its data is at %s"
            .formatted(path, data));
  }

  private static void refuseWithoutUi(RoutingContext context) {
    PlainText.send(context.response(), 501, NO_UI);
  }

  private static void refuseMethod(RoutingContext context) {
    context.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
    PlainText.send(context.response(), 405, "Method Not Allowed");
  }
}
