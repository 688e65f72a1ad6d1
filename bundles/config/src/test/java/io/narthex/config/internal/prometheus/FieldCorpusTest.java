package io.narthex.config.internal.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.config.ScrapeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Configurations in the style of the field are taken and shown as Prometheus 3.14 shows them: the
 * {@code *.shown.txt} were recorded from it.
 */
class FieldCorpusTest {
  @TestFactory
  Stream<DynamicTest> eachFileIsShownAsUpstreamShowsIt() throws IOException {
    List<Path> files = files();
    assertThat(files).hasSizeGreaterThanOrEqualTo(30);
    return files.stream()
        .map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> check(f)));
  }

  private static void check(Path file) throws IOException {
    Path golden = Path.of(file.toString().replace(".yml", ".shown.txt"));
    assertThat(shown(file)).isEqualTo(Files.readString(golden));
  }

  /** Not always shown the same: upstream leaves out false where the default is true. */
  @TestFactory
  Stream<DynamicTest> whatIsShownCanBeUsedAsAFile() throws IOException {
    return files().stream()
        .map(
            f ->
                DynamicTest.dynamicTest(
                    f.getFileName().toString(),
                    () ->
                        assertThat(jobs(Corpus.decodeShown(shown(f))))
                            .isEqualTo(jobs(Corpus.decode("f", Files.readString(f))))));
  }

  private static List<String> jobs(Loaded loaded) {
    return loaded.config().scrapeConfigs().stream().map(ScrapeConfig::jobName).toList();
  }

  @Test
  void noSecretIsShown() throws IOException {
    for (Path file : files()) {
      assertThat(shown(file)).doesNotContain("hunter2");
    }
  }

  private static String shown(Path file) throws IOException {
    String name = file.getFileName().toString();
    return Corpus.decode(name, Files.readString(file)).config().text();
  }

  private static List<Path> files() throws IOException {
    return Corpus.files(Corpus.FIELD, ".yml");
  }
}
