package io.narthex.promql.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs every {@code eval} of the scripts in {@code promqltest/} as a test of its own. */
class PromqlScriptTest {
  @TestFactory
  Stream<DynamicContainer> scripts() throws IOException, URISyntaxException {
    Path folder = Path.of(Objects.requireNonNull(getClass().getResource("/promqltest")).toURI());
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> scripts = files.filter(f -> f.toString().endsWith(".test")).sorted().toList();
      assertThat(scripts).isNotEmpty();
      return scripts.stream().map(PromqlScriptTest::container);
    }
  }

  @Test
  void wrongValueFails() {
    assertThatThrownBy(() -> runAll("load 1m\n  m 1\n\neval instant at 0 m\n  m 2"))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void missingAndSuperfluousSeriesFail() {
    assertThatThrownBy(() -> runAll("load 1m\n  m 1\n\neval instant at 0 m"))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> runAll("eval instant at 0 m\n  m 2"))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void wrongFailureFails() {
    assertThatThrownBy(() -> runAll("eval instant at 0 m{\n  expect fail msg: other"))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> runAll("eval instant at 0 m\n  expect fail"))
        .isInstanceOf(AssertionError.class);
  }

  private static void runAll(String script) {
    ScriptRunner runner = new ScriptRunner();
    PromqlScript.parse(script).commands().forEach(runner::run);
  }

  private static DynamicContainer container(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    ScriptRunner runner = new ScriptRunner();
    Stream<DynamicTest> tests =
        PromqlScript.parse(text).commands().stream()
            .map(
                command -> {
                  String name =
                      command instanceof PromqlScript.Eval e
                          ? e.line() + ": " + e.expression()
                          : command.getClass().getSimpleName();
                  return DynamicTest.dynamicTest(name, () -> runner.run(command));
                });
    return DynamicContainer.dynamicContainer(file.getFileName().toString(), tests);
  }
}
