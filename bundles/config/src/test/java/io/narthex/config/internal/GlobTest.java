package io.narthex.config.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @TempDir Path folder;

  @BeforeEach
  void files() throws IOException {
    Files.createDirectory(folder.resolve("d1"));
    Files.createDirectory(folder.resolve("d2"));
    for (String name :
        List.of("a.yml", "b.yml", "c.json", "[x].yml", "{a,b}.yml", "d1/a.yml", "d2/b.yml")) {
      Files.writeString(folder.resolve(name), "");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*.yml | [x].yml a.yml b.yml {a,b}.yml",
        "?.yml | a.yml b.yml",
        "[ab].yml | a.yml b.yml",
        "[^a].* | b.yml c.json",
        "[a-b].yml | a.yml b.yml",
        "\\[x].yml | [x].yml",
        "{a,b}.yml | {a,b}.yml",
        "d?/*.yml | d1/a.yml d2/b.yml",
        "*/b.yml | d2/b.yml",
        "a.yml | a.yml",
        "missing.yml | ''",
        "d1 | d1",
        "missing/*.yml | ''",
        "[a.yml | ''"
      })
  void patternsFindWhatUpstreamsFind(String pattern, String expected) {
    String found =
        String.join(
            " ",
            Glob.matching(folder + "/" + pattern).stream()
                .map(path -> folder.relativize(path).toString())
                .toList());

    assertThat(found).isEqualTo(expected);
  }
}
