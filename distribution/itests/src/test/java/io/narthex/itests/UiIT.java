package io.narthex.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/**
 * The pages of the assembled product in Debian's Chromium: no console error, no failed request, no
 * request to another host, nothing wider than the window.
 */
@NeedsProgram({"chromium", "chromedriver"})
class UiIT {
  private static AlertHouse house;
  private static NarthexProcess narthex;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    house = new AlertHouse("ui");
    narthex = house.start();
    browser = new Browser(narthex.port());
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
    if (narthex != null) {
      narthex.close();
    }
    house.close();
  }

  @ParameterizedTest
  @CsvSource({
    "query?g0.expr=up&g0.tab=1, tbody tr, 1280, light",
    "query?g0.expr=up&g0.tab=1, tbody tr, 390, dark",
    "graph?g0.expr=up&g0.tab=0, canvas, 1280, dark",
    "graph?g0.expr=up&g0.tab=0, canvas, 390, light",
    "alerts, h1, 1280, light",
    "alerts, h1, 390, dark",
    "rules, article, 1280, dark",
    "rules, article, 390, light",
    "targets, article, 1280, dark",
    "targets, article, 390, light",
    "plugins, article, 1280, light",
    "plugins, article, 390, dark"
  })
  void everyPageIsClean(String path, String shows, int width, String scheme) throws Exception {
    browser.window(width, scheme);
    browser.open(path);
    browser.find(shows);
    browser.picture("%s-%d-%s".formatted(path.replaceAll("\\?.*", ""), width, scheme));
    assertThat(browser.sideways()).isEqualTo(0L);
    browser.assertClean();
  }

  @Test
  void queryIsTypedCompletedAndRun() {
    browser.window(1280, "light");
    browser.open("query");
    browser.await("the focus", () -> !browser.inEditor(".cm-focused").isEmpty());
    browser.type("scrape_dur");
    // By mouse: the list takes no key in its first 75 ms.
    browser.await("the list", () -> !browser.inEditor(".cm-tooltip-autocomplete li").isEmpty());
    browser.inEditor(".cm-tooltip-autocomplete li").getFirst().click();
    browser.await(
        "the completion",
        () ->
            browser
                .inEditor(".cm-content")
                .getFirst()
                .getText()
                .strip()
                .equals("scrape_duration_seconds"));
    browser.type(Keys.ENTER);
    browser.find("tbody tr");
    assertThat(browser.url()).contains("g0.expr=scrape_duration_seconds&");
    browser.assertClean();
  }

  @Test
  void errorOfTheServerIsShown() {
    browser.window(1280, "light");
    browser.open("query?g0.expr=sum(");
    assertThat(browser.find("[role=alert]").getText()).contains("bad_data").contains("parse error");
    // The status 400 is logged as an error.
    browser.forgetLogs();
  }

  @Test
  void alertIsSilencedAndTheSilenceEnded() throws Exception {
    browser.window(1280, "light");
    house.app.off();
    try {
      browser.open("alerts");
      browser.click("button", "Silence");
      browser.fill("Creator", "eva");
      browser.fill("Duration", "30m");
      browser.fill("Comment", "moved to another rack");
      browser.picture("silence-form");
      browser.click("dialog button", "Silence");
      browser.await("suppressed", () -> AlertHouse.state(narthex, house.app).equals("suppressed"));
      browser.await("the mark", () -> browser.text().toLowerCase(Locale.ROOT).contains("silenced"));
      browser.picture("alert-silenced");

      browser.find("a[href*='silence=']").click();
      browser.click("button", "Expire");
      browser.click("button", "Expire it now");
      browser.await("active", () -> AlertHouse.state(narthex, house.app).equals("active"));
      browser.assertClean();
    } finally {
      house.app.on();
    }
  }
}
