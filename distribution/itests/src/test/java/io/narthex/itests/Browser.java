package io.narthex.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's Chromium on the pages of one server; knows what it logged and asked for. */
final class Browser implements AutoCloseable {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final String server;
  private final ChromeDriver driver;

  Browser(int port) throws IOException {
    server = "http://127.0.0.1:" + port;
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary("/usr/bin/chromium");
    options.setCapability("goog:loggingPrefs", logs);
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + Files.createTempDirectory("narthex-ui"));
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(new File("/usr/bin/chromedriver"))
            .build();
    driver = new ChromeDriver(service, options);
    // Away from the browser's own first page, which asks for much.
    open("-/healthy");
    forgetLogs();
  }

  /** Sets the width of the window, and whether the user likes it light or dark. */
  void window(int width, String scheme) {
    // What a test before left when it failed.
    forgetLogs();
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 500));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  void open(String path) {
    driver.get(server + "/" + path);
  }

  String url() {
    return driver.getCurrentUrl();
  }

  void type(CharSequence keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** Waits for the first element that fits. */
  WebElement find(String selector) {
    return Await.until(
            selector,
            LIMIT,
            () -> driver.findElements(By.cssSelector(selector)),
            found -> !found.isEmpty())
        .getFirst();
  }

  /** Waits for an element with this text, and clicks it. */
  void click(String selector, String text) {
    await(
        text + " to be clicked",
        () -> {
          for (WebElement element : driver.findElements(By.cssSelector(selector))) {
            if (element.getText().strip().equals(text)) {
              element.click();
              return true;
            }
          }
          return false;
        });
  }

  /** Fills the field with this label. */
  void fill(String label, String text) {
    WebElement field =
        Await.until(
                label,
                LIMIT,
                () ->
                    driver.findElements(
                        By.xpath(
                            "//input[@id=//label[starts-with(normalize-space(.),'%1$s')]/@for]|//textarea[@id=//label[starts-with(normalize-space(.),'%1$s')]/@for]"
                                .formatted(label))),
                found -> !found.isEmpty())
            .getFirst();
    field.clear();
    field.sendKeys(text);
  }

  void await(String what, Callable<Boolean> question) {
    Await.until(what, LIMIT, question);
  }

  /** The text of the page. */
  String text() {
    return driver.findElement(By.tagName("body")).getText();
  }

  /** The editor lives in a shadow root. */
  List<WebElement> inEditor(String selector) {
    return driver
        .findElement(By.cssSelector("[data-testid=editor]"))
        .getShadowRoot()
        .findElements(By.cssSelector(selector));
  }

  /** By how many pixels the page is wider than the window. */
  Object sideways() {
    return ((JavascriptExecutor) driver)
        .executeScript(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth");
  }

  /** Keeps a picture of the page, to be looked at. */
  void picture(String name) throws IOException {
    Files.createDirectories(SCREENSHOTS);
    Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
  }

  private List<LogEntry> logs(String type) {
    return driver.manage().logs().get(type).getAll();
  }

  void forgetLogs() {
    logs(LogType.BROWSER);
    logs(LogType.PERFORMANCE);
  }

  /** Nothing was logged, nothing failed, nothing was asked of another host. */
  void assertClean() {
    assertThat(logs(LogType.BROWSER)).extracting(LogEntry::getMessage).isEmpty();
    List<String> bad = new ArrayList<>();
    for (LogEntry entry : logs(LogType.PERFORMANCE)) {
      String message = entry.getMessage();
      String lower = message.toLowerCase(Locale.ROOT);
      boolean sent = message.contains("\"method\":\"Network.requestWillBeSent\"");
      boolean failed =
          message.contains("\"method\":\"Network.loadingFailed\"")
              && !message.contains("\"canceled\":true");
      boolean refused =
          message.contains("\"method\":\"Network.responseReceived\"")
              && lower.matches("(?s).*\"status\":[45]\\d\\d.*");
      boolean elsewhere =
          sent
              && !message.contains("\"documentURL\":\"chrome:")
              && !message.contains("\"url\":\"" + server + "/")
              && !message.contains("\"url\":\"data:");
      if (failed || refused || elsewhere) {
        bad.add(message);
      }
    }
    assertThat(bad).isEmpty();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
