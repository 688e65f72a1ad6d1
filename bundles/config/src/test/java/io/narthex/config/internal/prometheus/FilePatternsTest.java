package io.narthex.config.internal.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilePatternsTest {
  private static void decode(String pattern) {
    Corpus.decode("f", "rule_files: ['%s']\n".formatted(pattern));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.yml",
        "[a].yml",
        "[a-z].yml",
        "[^a].yml",
        "[^^].yml",
        "[a^].yml",
        "[\\]].yml",
        "[\\--\\]].yml",
        "[[].yml",
        "\\[.yml",
        "[a-bc-d].yml",
        "]",
        "a-b",
        "?*.yml",
        "[😀-😂].yml"
      })
  void patternsOfGoAreTaken(String pattern) {
    assertThatCode(() -> decode(pattern)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[", "[]", "[^]", "[^-z]", "[a", "[a-", "[a-]", "[-a]", "[a-b-c]", "a\\", "[a\\", "[]a]"
      })
  void othersAreRefused(String pattern) {
    assertThatThrownBy(() -> decode(pattern))
        .isInstanceOf(BadConfigurationException.class)
        .hasMessageContaining("is not a valid pattern");
  }

  @Test
  void theLengthOfAPatternDoesNotMatter() {
    String members = "a".repeat(100_000);
    assertThatCode(() -> decode("[" + members + "].yml")).doesNotThrowAnyException();
    assertThatThrownBy(() -> decode("[" + members))
        .isInstanceOf(BadConfigurationException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains("is not a valid pattern"));
  }
}
