package io.narthex.ui.internal;

import static io.narthex.ui.internal.UiServer.header;
import static io.narthex.ui.internal.UiServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over a small site in the tests' resources. */
class UiRoutesTest {
  private static final String SCRIPT = "/assets/app-1a2b3c4d.js";
  private static UiServer server;

  @BeforeAll
  static void start() {
    server = new UiServer(new UiRoutes(site(), Runnable::run));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Optional<AssetFolder> site() {
    return AssetFolder.open(UiRoutesTest.class, "site");
  }

  @ParameterizedTest
  @CsvSource({
    "/query,text/html; charset=utf-8",
    "/query?g0.expr=up,text/html; charset=utf-8",
    "/alerts,text/html; charset=utf-8",
    "/targets,text/html; charset=utf-8",
    "/rules,text/html; charset=utf-8",
    "/plugins,text/html; charset=utf-8",
    "/assets/app-1a2b3c4d.js,text/javascript; charset=utf-8"
  })
  void servesWithStrictHeaders(String path, String contentType) throws Exception {
    HttpResponse<byte[]> response = server.get(path);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Content-Type")).isEqualTo(contentType);
    assertThat(header(response, "Content-Security-Policy"))
        .startsWith("default-src 'self';")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe")
        .doesNotContain("data:");
    assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(response, "X-Frame-Options")).isEqualTo("DENY");
    assertThat(header(response, "Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(response.body()).isNotEmpty();
  }

  @Test
  void filesWithAHashInTheirNamesAreKeptForEver() throws Exception {
    assertThat(header(server.get(SCRIPT), "Cache-Control"))
        .isEqualTo("public, max-age=31536000, immutable");
  }

  @Test
  void thePageIsAskedForEachTime() throws Exception {
    assertThat(header(server.get("/query"), "Cache-Control")).isEqualTo("no-cache");
    assertThat(header(server.get("/third-party-licenses.txt"), "Cache-Control"))
        .isEqualTo("no-cache");
  }

  @Test
  void sendsCompressedBytesToWhoTakesThem() throws Exception {
    HttpResponse<byte[]> compressed = server.get(SCRIPT, "Accept-Encoding", "gzip, deflate, br");
    assertThat(header(compressed, "Content-Encoding")).isEqualTo("gzip");
    assertThat(header(compressed, "Vary")).isEqualTo("Accept-Encoding");
    HttpResponse<byte[]> plain = server.get(SCRIPT);
    assertThat(header(plain, "Content-Encoding")).isEmpty();
    assertThat(header(plain, "Vary")).isEqualTo("Accept-Encoding");
    assertThat(header(plain, "ETag")).isNotEqualTo(header(compressed, "ETag"));
    try (var in = new GZIPInputStream(new ByteArrayInputStream(compressed.body()))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(text(plain));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip|true",
        "br, gzip|true",
        "GZIP;q=0.5|true",
        "*|true",
        "gzip;q=0|false",
        "gzip; q=0.000, *|false",
        "*;q=0|false",
        "br, deflate|false",
        "xgzip|false",
        "identity|false"
      })
  void readsWhatTheClientTakes(String accepted, boolean gzip) {
    assertThat(AcceptEncoding.gzip(accepted)).isEqualTo(gzip);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gzip"})
  void answers304ToWhoKnowsTheFile(String encoding) throws Exception {
    String[] accept = {"Accept-Encoding", encoding};
    String etag = header(server.get("/query", accept), "ETag");
    assertThat(etag).matches("\"[0-9a-f]{24}(-gz)?\"");
    for (String known : new String[] {etag, "W/" + etag, "\"other\", " + etag}) {
      HttpResponse<byte[]> again =
          server.get("/query", "Accept-Encoding", encoding, "If-None-Match", known);
      assertThat(again.statusCode()).as(known).isEqualTo(304);
      assertThat(again.body()).isEmpty();
      assertThat(header(again, "ETag")).isEqualTo(etag);
    }
    assertThat(server.get("/query", "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
    assertThat(server.get(SCRIPT, "If-None-Match", etag).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"/query,''", "/query,gzip", "/assets/app-1a2b3c4d.js,gzip"})
  void headHasTheHeadersOnly(String path, String encoding) throws Exception {
    HttpResponse<byte[]> head = server.send("HEAD", path, "Accept-Encoding", encoding);
    HttpResponse<byte[]> get = server.get(path, "Accept-Encoding", encoding);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(header(head, "Content-Length")).isEqualTo(String.valueOf(get.body().length));
    assertThat(header(head, "ETag")).isEqualTo(header(get, "ETag"));
  }

  /** Relative, so that a prefix that a proxy took off stays. */
  @ParameterizedTest
  @CsvSource({
    "/,query",
    "/?g0.expr=up,query?g0.expr=up",
    "/graph,query",
    "/graph?g0.expr=up%20%2B%201&g0.tab=1,query?g0.expr=up%20%2B%201&g0.tab=1",
    "/classic,query",
    "/classic/graph?g0.expr=up,../query?g0.expr=up",
    "/classic/alerts,../alerts",
    "/classic/rules,../rules",
    "/classic/targets,../targets",
    "/query/?g0.expr=up,../query?g0.expr=up",
    "/alerts/,../alerts"
  })
  void olderPathsLeadOn(String path, String location) throws Exception {
    HttpResponse<byte[]> response = server.get(path);
    assertThat(response.statusCode()).isEqualTo(302);
    assertThat(header(response, "Location")).isEqualTo(location);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/assets",
        "/assets/",
        "/assets/../pom.xml",
        "/assets/..%2f..%2fUiRoutes.class",
        "/assets/%2e%2e/%2e%2e/UiRoutes.class",
        "/UiRoutes.class",
        "/assets/app-1a2b3c4d.js.gz",
        "/files.tsv",
        "/index.html"
      })
  void whatIsNotInTheListIs404AsUpstream(String path) throws Exception {
    HttpResponse<byte[]> response = server.get(path);
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(text(response)).isEqualTo("404 page not found\n");
  }

  @Test
  void upstreamsPagesThatAreNotThereYetSaySo() throws Exception {
    for (String path : UiRoutes.NOT_YET.keySet()) {
      HttpResponse<byte[]> response = server.get(path);
      assertThat(response.statusCode()).as(path).isEqualTo(404);
    }
    assertThat(text(server.get("/flags")))
        .isEqualTo(
            "/flags is a page of Prometheus that this version of Narthex does not have yet; its"
                + " data is at /api/v1/status/flags\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/query", "/graph", SCRIPT})
  void otherMethodsAre405(String path) throws Exception {
    HttpResponse<byte[]> response = server.send("POST", path);
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(header(response, "Allow")).isEqualTo("GET, HEAD");
  }

  @Test
  void filesAreReadOnceAndOffTheEventLoop() throws Exception {
    var threads = new CopyOnWriteArrayList<String>();
    UiRoutes routes =
        new UiRoutes(
            site(),
            task ->
                Thread.ofPlatform()
                    .name("reader")
                    .start(
                        () -> {
                          threads.add(Thread.currentThread().getName());
                          task.run();
                        }));
    try (UiServer own = new UiServer(routes)) {
      for (int i = 0; i < 3; i++) {
        assertThat(own.get(SCRIPT, "Accept-Encoding", "gzip").statusCode()).isEqualTo(200);
      }
      assertThat(threads).containsExactly("reader");
      assertThat(own.get(SCRIPT).statusCode()).isEqualTo(200);
      assertThat(threads).containsExactly("reader", "reader");
    }
  }

  @Test
  void tooManyReadsAreRefused() throws Exception {
    UiRoutes routes =
        new UiRoutes(
            site(),
            task -> {
              throw new RejectedExecutionException();
            });
    try (UiServer own = new UiServer(routes)) {
      HttpResponse<byte[]> response = own.get(SCRIPT, "Accept-Encoding", "gzip");
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(text(response)).startsWith("too many files of the pages are asked for");
      assertThat(header(response, "Content-Encoding")).isEmpty();
      assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
    }
  }

  @Test
  void aFileThatIsMissingInTheBundleIsNamed() throws Exception {
    HttpResponse<byte[]> response = server.get("/assets/gone-5e6f7a8b.css");
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(text(response))
        .isEqualTo("assets/gone-5e6f7a8b.css cannot be read from the bundle\n");
    assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void aBuildWithoutPagesSaysSo() throws Exception {
    try (UiServer own = new UiServer(new UiRoutes(Optional.empty(), Runnable::run))) {
      for (String path : UiRoutes.PAGES) {
        HttpResponse<byte[]> response = own.get(path);
        assertThat(response.statusCode()).as(path).isEqualTo(501);
        assertThat(text(response)).isEqualTo(UiRoutes.NO_UI + "\n");
      }
    }
  }
}
