package io.narthex.ui.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UiRoutesTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static int port;

  @BeforeAll
  static void start() {
    Router root = Router.router(VERTX);
    Router mounted = Router.router(VERTX);
    new UiRoutes().mount(mounted);
    root.route("/*").subRouter(mounted);
    port =
        VERTX.createHttpServer().requestHandler(root).listen(0, "127.0.0.1").await().actualPort();
  }

  @AfterAll
  static void stop() {
    VERTX.close().await();
    CLIENT.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/,text/html; charset=utf-8",
    "/query,text/html; charset=utf-8",
    "/query?g0.expr=up,text/html; charset=utf-8",
    "/assets/app.js,text/javascript; charset=utf-8",
    "/assets/style.css,text/css; charset=utf-8",
    "/assets/icon.svg,image/svg+xml"
  })
  void servesThePageWithStrictHeaders(String path, String contentType) throws Exception {
    HttpResponse<String> response = send("GET", path);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Content-Type")).isEqualTo(contentType);
    assertThat(header(response, "Content-Security-Policy")).startsWith("default-src 'self';");
    assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(response, "Cache-Control")).isEqualTo("no-cache");
    assertThat(response.body()).isNotBlank();
  }

  @Test
  void answers304ToWhoKnowsTheFile() throws Exception {
    String etag = header(send("GET", "/"), "ETag");
    assertThat(etag).matches("\"[0-9a-f]{24}\"");
    HttpResponse<String> again = send("GET", "/", "If-None-Match", etag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(send("GET", "/", "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
    assertThat(header(send("GET", "/assets/app.js"), "ETag")).isNotEqualTo(etag);
  }

  @Test
  void headHasTheHeadersOnly() throws Exception {
    HttpResponse<String> head = send("HEAD", "/");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(header(head, "Content-Length"))
        .isEqualTo(header(send("GET", "/"), "Content-Length"));
  }

  @ParameterizedTest
  @CsvSource({
    "/graph,/query",
    "/graph?g0.expr=up%20%2B%201&g0.tab=1,/query?g0.expr=up%20%2B%201&g0.tab=1"
  })
  void theOldGraphPageLeadsToTheQueryPage(String path, String location) throws Exception {
    HttpResponse<String> response = send("GET", path);
    assertThat(response.statusCode()).isEqualTo(302);
    assertThat(header(response, "Location")).isEqualTo(location);
  }

  @ParameterizedTest
  @CsvSource({"/nothing", "/assets", "/assets/../pom.xml", "/assets/UiRoutes.class", "/index.html"})
  void unknownPathsAre404AsUpstream(String path) throws Exception {
    HttpResponse<String> response = send("GET", path);
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).isEqualTo("404 page not found\n");
  }

  @Test
  void otherMethodsAre405() throws Exception {
    HttpResponse<String> response = send("POST", "/");
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(header(response, "Allow")).isEqualTo("GET, HEAD");
  }

  /** What the content security policy would block in a browser. */
  @Test
  void nothingInThePageIsInLineOrFromElsewhere() throws Exception {
    String page = send("GET", "/").body();
    assertThat(page).doesNotContain("<style").doesNotContain(" style=").doesNotContain("://");
    assertThat(
            Pattern.compile("<script(?! src=\"assets/app.js\" defer></script>)")
                .matcher(page)
                .find())
        .isFalse();
    assertThat(Pattern.compile("\\son[a-z]+=").matcher(page).find()).isFalse();
    assertThat(send("GET", "/assets/app.js").body())
        .doesNotContain("innerHTML")
        .doesNotContain("://");
    assertThat(send("GET", "/assets/style.css").body())
        .doesNotContain("url(")
        .doesNotContain("@import");
  }

  @Test
  void everyFileThatThePageNamesIsThere() throws Exception {
    String page = send("GET", "/").body();
    var names = Pattern.compile("(?:src|href)=\"(assets/[^\"]+)\"").matcher(page);
    int found = 0;
    while (names.find()) {
      found++;
      assertThat(send("GET", "/" + names.group(1)).statusCode()).as(names.group(1)).isEqualTo(200);
    }
    assertThat(found).isGreaterThanOrEqualTo(3);
  }

  @Test
  void aFileThatIsMissingInTheBundleIsNamed() {
    assertThatThrownBy(() -> PageFile.read("none.txt", "text/plain"))
        .hasMessage("the bundle has no file page/none.txt");
  }

  private static HttpResponse<String> send(String method, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
