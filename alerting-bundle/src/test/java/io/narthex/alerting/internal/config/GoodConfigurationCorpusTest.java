package io.narthex.alerting.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each {@code *.good.yml} is taken, and shown as its {@code *.good.txt} has it. */
class GoodConfigurationCorpusTest {
  @TestFactory
  Stream<DynamicTest> eachGoodFileIsTakenAndShown() throws IOException {
    return Corpus.files(".good.yml").stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () ->
                        assertThat(shown(file))
                            .isEqualTo(Files.readString(Path.of(file + ".txt")))));
  }

  @Test
  void thereAreEnough() throws IOException {
    assertThat(Corpus.files(".good.yml")).hasSizeGreaterThanOrEqualTo(12);
  }

  @Test
  void noSecretIsShown() throws IOException {
    int withSecret = 0;
    for (Path file : Corpus.files(".good.yml")) {
      withSecret += Files.readString(file).contains("hunter2") ? 1 : 0;
      assertThat(Corpus.decode(file).config().text()).doesNotContain("hunter2");
    }
    assertThat(withSecret).isGreaterThanOrEqualTo(3);
  }

  /** What is shown is a configuration that means the same. */
  @TestFactory
  Stream<DynamicTest> whatIsShownIsTakenAgain() throws IOException {
    return Corpus.files(".good.yml").stream()
        .filter(file -> !file.toString().contains("global"))
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () -> {
                      AlertmanagerConfig config = Corpus.decode(file).config();
                      AlertmanagerConfig again =
                          Corpus.decode("alertmanager.yml", config.text(), false).config();
                      assertThat(again.route()).isEqualTo(config.route());
                      assertThat(again.inhibitRules()).isEqualTo(config.inhibitRules());
                      assertThat(again.timeIntervals()).isEqualTo(config.timeIntervals());
                      assertThat(again.text()).isEqualTo(config.text());
                    }));
  }

  private static String shown(Path file) throws IOException {
    return Corpus.decode(file).config().text().replace(Corpus.FOLDER + "/", "");
  }
}
