package io.narthex.alerting.internal.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Upstream's amtool works against our API. */
@Timeout(60)
class AmtoolTest {
  private ApiServer server;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(isOnPath("amtool"), "amtool is not on the PATH (Debian: prometheus-alertmanager)");
    server = new ApiServer(Files.readString(Path.of("src/test/resources/api/alertmanager.yml")), 0);
  }

  @AfterEach
  void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void alertsAreAddedAndFound() throws Exception {
    assertThat(amtool("alert", "add", "alertname=Down", "severity=page", "--annotation=summary=x"))
        .isEmpty();
    amtool("alert", "add", "Other", "team=db");
    assertThat(amtool("alert", "query", "-o", "simple"))
        .containsPattern("(?m)^Down .* x +active")
        .containsPattern("(?m)^Other ");
    assertThat(amtool("alert", "query", "-o", "simple", "severity=~\"p.*\""))
        .contains("Down")
        .doesNotContain("Other");
    assertThat(amtool("alert", "query", "-o", "json", "--receiver=db")).contains("\"Other\"");
  }

  @Test
  void silencesAreAddedFoundChangedAndEnded() throws Exception {
    amtool("alert", "add", "alertname=Down", "instance=a");
    String id =
        amtool("silence", "add", "-c", "test", "-a", "me", "-d", "1h", "alertname=Down").strip();
    assertThat(id).matches("[0-9a-f-]{36}");
    assertThat(amtool("silence", "query", "-o", "simple")).contains(id).contains("alertname");
    assertThat(amtool("silence", "query", "-q", "alertname=Down").strip()).isEqualTo(id);
    assertThat(amtool("alert", "query", "-o", "simple")).doesNotContain("Down");
    assertThat(amtool("alert", "query", "-s", "-o", "simple")).contains("suppressed");
    String changed = amtool("silence", "update", "-c", "longer", "-d", "2h", id);
    assertThat(changed).contains(id);
    assertThat(amtool("silence", "query", "-o", "json")).contains("\"longer\"");
    assertThat(amtool("silence", "expire", id)).isEmpty();
    assertThat(amtool("silence", "query", "-q")).isEmpty();
    assertThat(amtool("silence", "query", "-q", "--expired").strip()).isEqualTo(id);
    assertThat(amtool("alert", "query", "-o", "simple")).contains("Down");
  }

  @Test
  void theClusterAndTheConfigurationAreShown() throws Exception {
    assertThat(amtool("cluster", "show")).contains("disabled");
    assertThat(amtool("config", "show")).contains("receiver: pager");
  }

  @Test
  void mistakesAreTold() throws Exception {
    assertThat(amtool("silence", "expire", "00000000-0000-4000-8000-000000000000")).contains("404");
    assertThat(amtool("alert", "query", "--receiver=(")).contains("failed to parse receiver param");
  }

  private static boolean isOnPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private String amtool(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "amtool",
                "--alertmanager.url=http://127.0.0.1:" + server.port + "/alertmanager",
                "--no-version-check"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
