package io.narthex.discovery.file.internal.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.narthex.api.model.Labels;
import io.narthex.spi.discovery.TargetGroup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files' names begin with what Prometheus 3.14 says of them: good or bad. */
class TargetFileReaderTest {
  private static final Path FOLDER = Path.of("src/test/resources/files");
  private static final Path ERRORS = Path.of("src/test/resources/expected-errors.tsv");
  private static final Path TARGETS = Path.of("src/test/resources/upstream-targets.tsv");

  @TestFactory
  Stream<DynamicTest> eachBadFileIsRefusedWithItsMessages() throws IOException {
    Map<String, List<String>> expected = columns(ERRORS);
    List<String> bad = names("bad-");
    assertThat(expected.keySet()).isEqualTo(new TreeSet<>(bad));
    return bad.stream()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name, () -> assertThat(problems(name)).isEqualTo(expected.get(name))));
  }

  /** Recorded from Prometheus 3.14; it leaves out addresses that it cannot scrape. */
  @TestFactory
  Stream<DynamicTest> eachGoodFileHasUpstreamsTargets() throws IOException {
    Map<String, List<String>> expected = columns(TARGETS);
    return names("good-").stream()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () ->
                        assertThat(targets(name))
                            .isEqualTo(new TreeSet<>(expected.getOrDefault(name, List.of())))));
  }

  @Test
  void groupsAreNumberedAndCarryTheirFile() throws Exception {
    TargetFile file = TargetFileReader.read("/sd/x.yml", utf8("- targets: [a:1]\n- targets: []\n"));
    assertThat(file.groups())
        .containsExactly(
            new TargetGroup(
                "/sd/x.yml:0",
                List.of(Labels.of("__address__", "a:1")),
                Labels.of("__meta_filepath", "/sd/x.yml")),
            new TargetGroup("/sd/x.yml:1", List.of(), Labels.of("__meta_filepath", "/sd/x.yml")));
    assertThat(file.targets()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \n", "# comment\n", "---\n", "null"})
  void aFileThatSaysNothingIsBlank(String text) throws Exception {
    assertThat(TargetFileReader.read("x.yml", utf8(text)).blank()).isTrue();
    assertThat(TargetFileReader.read("x.yml", utf8("[]")).blank()).isFalse();
  }

  @Test
  void bothFormatsReadTheSame() throws Exception {
    byte[] content = Files.readAllBytes(FOLDER.resolve("good-plain.json"));
    assertThat(TargetFileReader.read("x.json", content).targets())
        .isEqualTo(TargetFileReader.read("x.yml", content).targets())
        .isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"many.json", "many.yml"})
  void tenThousandTargetsAreReadQuickly(String name) throws Exception {
    byte[] content = many(name, 10_000);
    TargetFileReader.read(name, content);
    long begin = System.nanoTime();
    assertThat(TargetFileReader.read(name, content).targets()).isEqualTo(10_000);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
  }

  private static byte[] many(String name, int targets) {
    String all =
        IntStream.range(0, targets)
            .mapToObj("\"host-%d.example.org:9100\""::formatted)
            .collect(Collectors.joining(", "));
    return utf8(
        name.endsWith("json") ? "[{\"targets\": [" + all + "]}]" : "- targets: [" + all + "]\n");
  }

  @Test
  void aliasesDoNotMakeASmallFileLarge() {
    StringBuilder text = new StringBuilder("- targets: &a [x");
    text.append(",x".repeat(9_999)).append("]\n");
    text.append("- targets: *a\n".repeat(200));
    assertThat(problems("bomb.yml", utf8(text.toString())))
        .containsExactly(
            "bomb.yml:46:3: aliases (*) repeat too much up to here: 450045 of 460184 values; write"
                + " values out or divide the file");
  }

  @Test
  void mergesDoNotEither() {
    StringBuilder text = new StringBuilder("- labels: &l0 {a: b");
    for (int i = 0; i < 5000; i++) {
      text.append(", k").append(i).append(": v");
    }
    text.append("}\n");
    for (int i = 1; i < 200; i++) {
      text.append("- labels: &l%d\n    <<: [*l%d, *l%d]\n".formatted(i, i - 1, i - 1));
    }
    assertThat(problems("bomb.yml", utf8(text.toString())))
        .containsExactly(
            "bomb.yml:11:9: aliases (*) repeat too much up to here: 460286 of 470321 values; write"
                + " values out or divide the file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"many.json", "many.yml"})
  void aFileHasAtMostAMillionValues(String name) {
    assertThat(problems(name, many(name, 1_000_000)))
        .hasSize(1)
        .allMatch(p -> p.endsWith("the file has more than 1000000 values; divide it into several"));
  }

  @Test
  void aGroupHasAtMostFiveHundredLabels() {
    String labels =
        IntStream.range(0, 501).mapToObj("l%d: x"::formatted).collect(Collectors.joining(", "));
    assertThat(problems("x.yml", utf8("- targets: [a:1]\n  labels: {" + labels + "}\n")))
        .containsExactly("x.yml:2:3: group 1 has 501 labels; it may have at most 500");
  }

  /** Whatever is in a file: it is read or refused with a place, in a short time. */
  @Test
  void brokenFilesAreRefusedAndNothingElseHappens() throws IOException {
    Random random = new Random(20261124);
    List<String> names = names("good-");
    int read = 0;
    int runs = 6_000;
    for (int i = 0; i < runs; i++) {
      String name = names.get(random.nextInt(names.size()));
      byte[] content = broken(random, Files.readAllBytes(FOLDER.resolve(name)));
      try {
        TargetFileReader.read(name, content);
        read++;
      } catch (BadTargetFileException e) {
        assertThat(e.problems())
            .isNotEmpty()
            .allMatch(p -> p.position().line() > 0 && p.position().column() > 0)
            .allMatch(p -> !p.message().isBlank() && !p.message().contains("\n"));
      }
    }
    assertThat(read).as("files that were still right").isBetween(runs * 3 / 10, runs * 7 / 10);
  }

  private static byte[] broken(Random random, byte[] content) {
    byte[] broken = content.clone();
    if (broken.length == 0) {
      return broken;
    }
    return switch (random.nextInt(6)) {
      case 0 -> Arrays.copyOf(broken, random.nextInt(broken.length));
      case 1 -> {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
        yield broken;
      }
      case 2 -> replaced(random, broken, "[]{}\"',:&*<-# \n0a");
      default -> reworded(random, broken);
    };
  }

  private static byte[] replaced(Random random, byte[] content, String by) {
    content[random.nextInt(content.length)] = (byte) by.charAt(random.nextInt(by.length()));
    return content;
  }

  /** Mostly such a file is still right. */
  private static byte[] reworded(Random random, byte[] content) {
    for (int tries = 0; tries < 20; tries++) {
      int at = random.nextInt(content.length);
      if (Character.isLetterOrDigit(content[at])) {
        content[at] = (byte) ('a' + random.nextInt(26));
        return content;
      }
    }
    return content;
  }

  private static Set<String> targets(String name) throws Exception {
    TargetFile file = TargetFileReader.read(name, Files.readAllBytes(FOLDER.resolve(name)));
    Set<String> targets = new TreeSet<>();
    for (TargetGroup group : file.groups()) {
      for (Labels target : group.targets()) {
        Labels.Builder all = group.labels().toBuilder();
        target.toList().forEach(label -> all.set(label.name(), label.value()));
        if (target.has("__address__") && !target.get("__address__").contains("/")) {
          targets.add(all.build().toString());
        }
      }
    }
    return targets;
  }

  private static List<String> problems(String name) throws IOException {
    return problems(name, Files.readAllBytes(FOLDER.resolve(name)));
  }

  private static List<String> problems(String name, byte[] content) {
    BadTargetFileException error =
        catchThrowableOfType(
            BadTargetFileException.class, () -> TargetFileReader.read(name, content));
    assertThat(error).as("the file is refused").isNotNull();
    return error.problems().stream().map(problem -> problem.describe(name)).toList();
  }

  private static List<String> names(String prefix) throws IOException {
    try (Stream<Path> all = Files.list(FOLDER)) {
      return all.map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(prefix))
          .sorted()
          .toList();
    }
  }

  private static Map<String, List<String>> columns(Path file) throws IOException {
    Map<String, List<String>> byName = new TreeMap<>();
    for (String line : Files.readAllLines(file)) {
      String[] columns = line.split("\t", 2);
      byName.merge(
          columns[0],
          List.of(columns[1]),
          (a, b) -> Stream.concat(a.stream(), b.stream()).toList());
    }
    return byName;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
