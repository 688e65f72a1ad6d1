package io.narthex.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a person sees who starts it: rightly, and wrongly. */
class StartIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final Path folder = Product.emptyFolder("start");

  @Test
  void saysInTenLinesAtMostWhatItIsAndThatItIsReady() throws Exception {
    try (NarthexProcess narthex = NarthexProcess.start(folder.resolve("data")).ready()) {
      Await.until(
          "the last line",
          SOON,
          () -> narthex.lines().stream().anyMatch(line -> line.contains("msg=ready")));
      List<String> lines = narthex.lines();
      assertThat(lines).hasSizeLessThanOrEqualTo(10);
      assertThat(String.join("\n", lines))
          .contains(
              "msg=\"starting Narthex\"",
              "version=",
              "prometheus=3.14.0",
              "data=" + folder.resolve("data"))
          .contains("config=(built-in)")
          .contains("url=http://127.0.0.1:" + narthex.port())
          .contains("msg=bundles", "active=", "failed=0")
          .contains("msg=limits", "heap=", "retention=15d");
      assertThat(lines.getLast()).matches(".* msg=ready .* seconds=[0-9.]+");
      assertThat(narthex.stop()).as("exit status after SIGTERM").isZero();
    }
  }

  @Test
  void scrapesItselfWithoutAConfiguration() throws Exception {
    try (NarthexProcess narthex = NarthexProcess.start(folder.resolve("data")).ready()) {
      Await.until(
          "up",
          Duration.ofSeconds(30),
          () -> narthex.http().query("up{job=\"prometheus\"}"),
          result -> result.size() == 1 && result.get(0).path("value").path(1).asText().equals("1"));
    }
  }

  @Test
  void stopsWithinFiveSeconds() throws Exception {
    try (NarthexProcess narthex = NarthexProcess.start(folder.resolve("data")).ready()) {
      long before = System.nanoTime();
      assertThat(narthex.stop()).isZero();
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void namesWhoHasThePort() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        NarthexProcess narthex =
            NarthexProcess.startOn(taken.getLocalPort(), folder.resolve("data"))) {
      assertThat(narthex.exitStatus(SOON)).isEqualTo(1);
      int beside =
          taken.getLocalPort() + 100 <= 65_535
              ? taken.getLocalPort() + 100
              : taken.getLocalPort() - 100;
      assertThat(withoutLog(narthex))
          .containsExactly(
              "narthex: address 127.0.0.1:%d is in use by pid %d (java). To run beside it: --web.listen-address=127.0.0.1:%d"
                  .formatted(taken.getLocalPort(), ProcessHandle.current().pid(), beside));
    }
  }

  @Test
  void namesWhoHasTheDataDirectory() throws Exception {
    Path data = folder.resolve("data");
    try (NarthexProcess first = NarthexProcess.start(data).ready();
        NarthexProcess second = NarthexProcess.start(data)) {
      assertThat(second.exitStatus(SOON)).isEqualTo(1);
      assertThat(second.lines())
          .containsExactly(
              "narthex: data directory %s is in use by pid %d (java). Stop it, or use another directory: --storage.tsdb.path=DIR"
                  .formatted(data, first.pid()));
    }
  }

  @Test
  void saysThatTheDataDirectoryIsNotWritable() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    try (NarthexProcess narthex = NarthexProcess.start(file)) {
      assertThat(narthex.exitStatus(SOON)).isEqualTo(1);
      assertThat(narthex.lines())
          .containsExactly(
              "narthex: data directory %s is not writable for user %s (it is a file). Give that user the directory, or use another: --storage.tsdb.path=DIR"
                  .formatted(file, System.getProperty("user.name")));
    }
  }

  @Test
  @NeedsProgram(value = "setpriv", asRoot = true)
  void saysThatTheDataDirectoryBelongsToSomebodyElse() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    List<String> asNobody = List.of("setpriv", "--reuid=54321", "--regid=54321", "--clear-groups");
    try (NarthexProcess narthex = NarthexProcess.startOn(Product.freePort(), data, asNobody)) {
      assertThat(narthex.exitStatus(SOON)).isEqualTo(1);
      assertThat(narthex.lines())
          .singleElement()
          .asString()
          .matches(
              "narthex: data directory \\Q%s\\E is not writable for user id 54321 \\(permission denied\\)\\. Give that user the directory, or use another: --storage\\.tsdb\\.path=DIR"
                  .formatted(data));
    }
  }

  @Test
  void namesTheFlagThatWasMeant() throws Exception {
    try (NarthexProcess narthex =
        NarthexProcess.start(folder.resolve("data"), "--web.listen-adress=:1")) {
      assertThat(narthex.exitStatus(SOON)).isEqualTo(2);
      assertThat(narthex.lines())
          .containsExactly(
              "narthex: unknown flag \"--web.listen-adress\". Did you mean \"--web.listen-address\"? All flags: narthex --help");
    }
  }

  @Test
  void saysWhereTheConfigurationIsWrong() throws Exception {
    Path file = folder.resolve("prometheus.yml");
    Files.writeString(file, "global:\n  scrape_intervall: 5s\n");
    try (NarthexProcess narthex =
        NarthexProcess.start(folder.resolve("data"), "--config.file=" + file)) {
      assertThat(narthex.exitStatus(SOON)).isEqualTo(1);
      assertThat(String.join("\n", narthex.lines()))
          .contains(
              file
                  + ":2:3: unknown key \\\"scrape_intervall\\\" in global. Did you mean \\\"scrape_interval\\\"?");
    }
  }

  @Test
  void writesJsonLinesWhenAskedTo() throws Exception {
    try (NarthexProcess narthex =
        NarthexProcess.start(folder.resolve("data"), "--log.format=json").ready()) {
      Await.until(
          "the last line",
          SOON,
          () -> narthex.lines().stream().anyMatch(line -> line.contains("\"msg\":\"ready\"")));
      assertThat(narthex.lines())
          .allMatch(line -> line.startsWith("{\"time\":\"") && line.endsWith("}"));
    }
  }

  private static List<String> withoutLog(NarthexProcess narthex) throws IOException {
    return narthex.lines().stream().filter(line -> !line.startsWith("time=")).toList();
  }
}
