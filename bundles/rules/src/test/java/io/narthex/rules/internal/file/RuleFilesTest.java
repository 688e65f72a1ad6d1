package io.narthex.rules.internal.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.NameValidation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Each {@code *.bad.yml} is refused with exactly the messages of {@code expected-errors.tsv}, each
 * {@code *.good.yml} is taken.
 */
class RuleFilesTest {
  @TestFactory
  Stream<DynamicTest> eachBadFileIsRefusedWithItsMessages() throws IOException {
    Map<String, List<String>> expected = expected();
    return Corpus.files(".bad.yml").stream()
        .map(
            file -> {
              String name = file.getFileName().toString();
              return DynamicTest.dynamicTest(
                  name, () -> assertThat(problems(file)).isEqualTo(expected.get(name)));
            });
  }

  @TestFactory
  Stream<DynamicTest> eachGoodFileIsTaken() throws IOException {
    return Corpus.files(".good.yml").stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(), () -> assertThat(problems(file)).isEmpty()));
  }

  @Test
  void everyExpectationHasItsFile() throws IOException {
    List<Path> bad = Corpus.files(".bad.yml");
    assertThat(bad).hasSizeGreaterThan(30);
    assertThat(Corpus.files(".good.yml")).hasSizeGreaterThan(10);
    assertThat(expected().keySet())
        .containsExactlyInAnyOrderElementsOf(
            bad.stream().map(f -> f.getFileName().toString()).toList());
  }

  private static List<String> problems(Path file) throws IOException {
    return Corpus.read(Files.readString(file)).problems();
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

  @Test
  void whatIsThereArrives() throws IOException {
    String text = Files.readString(Corpus.FOLDER.resolve("everything.good.yml"));

    assertThat(Corpus.read(text))
        .isEqualTo(
            new RuleSet(
                List.of(
                    new GroupDefinition(
                        "r.yml",
                        "everything",
                        Duration.ofSeconds(90),
                        10,
                        Optional.of(Duration.ofSeconds(30)),
                        List.of(
                            new RuleDefinition.Recording(
                                "job:up:sum",
                                "sum by (job) (up)",
                                sorted("instance", "", "level", "job", "team", "infra")),
                            new RuleDefinition.Alerting(
                                "Down",
                                "up{job=\"node\"} == 0",
                                sorted(
                                    "severity",
                                    "page",
                                    "shard",
                                    "{{ $labels.shard }}",
                                    "team",
                                    "infra"),
                                Duration.ofMinutes(5),
                                Duration.ofMinutes(10),
                                sorted(
                                    "runbook_url",
                                    "https://example.org/runbooks/down",
                                    "summary",
                                    "{{ $labels.instance }} is down ({{ $value }})"))))),
                List.of(),
                List.of()));
  }

  private static TreeMap<String, String> sorted(String... texts) {
    TreeMap<String, String> sorted = new TreeMap<>();
    for (int i = 0; i < texts.length; i += 2) {
      sorted.put(texts[i], texts[i + 1]);
    }
    return sorted;
  }

  @Test
  void valuesThatAreNoTextsBecomeTexts() throws IOException {
    String text = Files.readString(Corpus.FOLDER.resolve("label-kinds.good.yml"));

    assertThat(Corpus.read(text).groups().getFirst().rules().getFirst().labels())
        .isEqualTo(sorted("float", "1.5", "nothing", "", "number", "1", "truth", "true"));
  }

  @Test
  void namesFollowTheConfiguredScheme() {
    String text =
        """
        groups:
          - name: a
            labels: {a.b: c}
            rules:
              - record: é
                expr: up
              - alert: é
                expr: up
                annotations: {x-y: z}
        """;

    assertThat(Corpus.read(text).problems()).isEmpty();
    assertThat(Corpus.read(text, NameValidation.LEGACY).problems())
        .containsExactly(
            "r.yml:3:14: \"a.b\" of group \"a\" is not a valid label name (legacy names)",
            "r.yml:5:17: record in group \"a\", rule 1 (é) is not a valid metric name (legacy"
                + " names)",
            "r.yml:9:23: \"x-y\" of group \"a\", rule 2 (é) is not a valid annotation name"
                + " (legacy names)");
  }

  @Test
  void whatWillFailIsSaidButTaken() {
    RuleSet read =
        Corpus.read(
            """
            groups:
              - name: a
                rules:
                  - {record: x, expr: "topk(1, up)"}
                  - {record: y, expr: "up[5m]"}
                  - {record: z, expr: "'text'"}
            """);

    assertThat(read.problems()).isEmpty();
    assertThat(read.groups().getFirst().rules()).hasSize(3);
    assertThat(read.warnings())
        .containsExactly(
            "r.yml:4:27: expr in group \"a\", rule 1 (x) will fail: 1:1: \"topk\" is PromQL, but"
                + " this version does not run it yet",
            "r.yml:5:27: expr in group \"a\", rule 2 (y) will fail: it gives a range vector, but a"
                + " rule needs an instant vector or a scalar",
            "r.yml:6:27: expr in group \"a\", rule 3 (z) will fail: it gives a string, but a rule"
                + " needs an instant vector or a scalar");
  }
}
