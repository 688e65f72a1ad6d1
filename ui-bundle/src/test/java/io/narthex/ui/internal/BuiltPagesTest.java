package io.narthex.ui.internal;

import static io.narthex.ui.internal.UiServer.header;
import static io.narthex.ui.internal.UiServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pages that the build made. */
class BuiltPagesTest {
  /** Of all scripts compressed, in bytes; any one page loads less. */
  private static final int MAX_SCRIPTS = 350_000;

  private static Map<String, Asset> assets;
  private static UiServer server;

  @BeforeAll
  static void start() {
    AssetFolder folder = AssetFolder.open(UiRoutes.class, "page").orElseThrow();
    assets = folder.assets();
    server = new UiServer(new UiRoutes(Optional.of(folder), Runnable::run));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everyListedFileIsThereAsListed() throws Exception {
    for (Asset asset : assets.values()) {
      if (!asset.name().equals("index.html")) {
        HttpResponse<byte[]> response = server.get("/" + asset.name());
        assertThat(response.statusCode()).as(asset.name()).isEqualTo(200);
        assertThat(response.body()).as(asset.name()).hasSize(asset.size());
        assertThat(header(response, "ETag")).isEqualTo('"' + asset.digest() + '"');
        HttpResponse<byte[]> compressed = server.get("/" + asset.name(), "Accept-Encoding", "gzip");
        assertThat(compressed.body()).as(asset.name()).hasSize(asset.compressedSize());
      }
    }
  }

  /** What the content security policy would block in a browser. */
  @Test
  void nothingInThePageIsInLineOrFromElsewhere() throws Exception {
    String page = text(server.get("/query"));
    assertThat(page).doesNotContain("<style").doesNotContain(" style=").doesNotContain("://");
    assertThat(
            page.replaceAll("<script type=\"module\" crossorigin src=\"\\./assets/[^\"]+\">", ""))
        .doesNotContain("<script");
    assertThat(Pattern.compile("\\son[a-z]+=").matcher(page).find()).isFalse();
  }

  @Test
  void everyFileThatThePageNamesIsThere() throws Exception {
    Matcher names =
        Pattern.compile("(?:src|href)=\"\\./([^\"]+)\"").matcher(text(server.get("/alerts")));
    int found = 0;
    while (names.find()) {
      found++;
      assertThat(assets).containsKey(names.group(1));
    }
    assertThat(found).as("icon, script, style sheet").isGreaterThanOrEqualTo(3);
  }

  @Test
  void styleSheetsLoadNothing() throws Exception {
    for (String name : assets.keySet()) {
      if (name.endsWith(".css")) {
        assertThat(text(server.get("/" + name)))
            .as(name)
            .doesNotContain("@import")
            .doesNotContain("url(");
      }
    }
  }

  @Test
  void theScriptsStaySmall() {
    int scripts =
        assets.values().stream()
            .filter(asset -> asset.name().endsWith(".js"))
            .mapToInt(Asset::compressedSize)
            .sum();
    assertThat(scripts).isBetween(50_000, MAX_SCRIPTS);
  }

  @Test
  void theLicensesOfWhatIsInTheScriptsAreThere() throws Exception {
    assertThat(text(server.get("/third-party-licenses.txt")))
        .contains("react-dom ")
        .contains("@prometheus-io/codemirror-promql ")
        .contains("MIT License");
  }
}
