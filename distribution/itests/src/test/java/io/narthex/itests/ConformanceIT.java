package io.narthex.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The conformance harness against the recorded answers of Prometheus 3.14, where it lies beside the
 * source tree; skipped elsewhere.
 */
@NeedsProgram("python3")
class ConformanceIT {
  private static final Path HARNESS = Product.TREE.resolve("../shared/conformance").normalize();
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private static Path folder;

  @BeforeAll
  static void look() {
    assumeTrue(
        Files.isExecutable(HARNESS.resolve("run")),
        "skipped: the conformance harness is not beside the source tree");
    folder = Product.emptyFolder("conformance");
  }

  @Test
  void expositionsAreScrapedAsUpstreamDoes() throws Exception {
    run("fixtures", "--dir", folder.toString());
    int port = Product.freePort();
    Process server =
        new ProcessBuilder(
                Product.TREE.resolve("distribution/conformance/start").toString(),
                folder.toString(),
                Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("server.log").toFile())
            .start();
    try {
      HttpAnswers answers = new HttpAnswers(port);
      Await.until("ready", Duration.ofSeconds(60), () -> answers.status("/-/ready") == 200);
      String report =
          run(
              "openmetrics",
              "--ref",
              tape(),
              "--sut",
              "http://127.0.0.1:" + port,
              "--out",
              folder.resolve("out").toString());
      assertThat(report).contains(" 0 fail");
    } finally {
      server.destroyForcibly();
    }
  }

  private static String tape() throws IOException {
    try (Stream<Path> tapes = Files.list(HARNESS.resolve("tapes"))) {
      return tapes.sorted().toList().getLast().toString();
    }
  }

  /** Runs a part of the harness; what it printed. */
  private static String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(HARNESS.resolve("run").toString());
    command.addAll(List.of(arguments));
    Path output = folder.resolve(arguments[0] + ".log");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).as(arguments[0]).isTrue();
    String text = Files.readString(output);
    assertThat(process.exitValue()).as("%s: %s", arguments[0], text).isZero();
    return text;
  }
}
