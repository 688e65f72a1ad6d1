package io.narthex.alerting.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each {@code *.bad.yml} is refused with exactly the messages of {@code expected-errors.tsv}. */
class BadConfigurationCorpusTest {
  @TestFactory
  Stream<DynamicTest> eachBadFileIsRefusedWithItsMessages() throws IOException {
    Map<String, List<String>> expected = expected();
    return files().stream()
        .map(
            file -> {
              String name = file.getFileName().toString();
              return DynamicTest.dynamicTest(
                  name, () -> assertThat(problems(file)).isEqualTo(expected.get(name)));
            });
  }

  @Test
  void everyExpectationHasItsFile() throws IOException {
    assertThat(files()).hasSizeGreaterThan(90);
    assertThat(expected().keySet())
        .containsExactlyInAnyOrderElementsOf(
            files().stream().map(f -> f.getFileName().toString()).toList());
  }

  /** The password in all of them is the same. */
  @Test
  void noMessageShowsASecret() throws IOException {
    int withSecret = 0;
    for (Path file : files()) {
      withSecret += Files.readString(file).contains("hunter2") ? 1 : 0;
      assertThat(problems(file)).noneMatch(problem -> problem.contains("hunter2"));
    }
    assertThat(withSecret).isGreaterThanOrEqualTo(10);
  }

  private static List<String> problems(Path file) throws IOException {
    String text = Files.readString(file);
    BadConfigurationException error =
        catchThrowableOfType(
            BadConfigurationException.class, () -> Corpus.decode("alertmanager.yml", text, false));
    assertThat(error).as("%s is refused", file).isNotNull();
    return error.problems();
  }

  private static List<Path> files() throws IOException {
    return Corpus.files(".bad.yml");
  }

  private static Map<String, List<String>> expected() throws IOException {
    Map<String, List<String>> expected = new TreeMap<>();
    for (String line : Files.readAllLines(Corpus.FOLDER.resolve("expected-errors.tsv"))) {
      String[] columns = line.split("\t", 2);
      expected.merge(
          columns[0],
          List.of(columns[1]),
          (a, b) -> Stream.concat(a.stream(), b.stream()).toList());
    }
    return expected;
  }
}
