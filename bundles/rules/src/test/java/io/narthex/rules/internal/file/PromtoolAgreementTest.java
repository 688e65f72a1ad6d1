package io.narthex.rules.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * promtool has the same verdict as we about every file of the corpus, but for those that {@code
 * promtool-differences.tsv} lists, each with its reason.
 */
class PromtoolAgreementTest {
  private static final Pattern CHECKING = Pattern.compile("Checking (\\S+)");

  @Test
  void promtoolAgreesOrTheDifferenceIsListed() throws Exception {
    assumeTrue(isOnPath("promtool"), "promtool is not on the PATH (Debian: package prometheus)");
    Matcher major =
        Pattern.compile("promtool, version (\\d+)\\.").matcher(run(List.of("--version")));
    assertThat(major.find()).isTrue();

    List<String> disagreements = new ArrayList<>();
    verdicts()
        .forEach(
            (name, good) -> {
              if (good == name.contains(".bad.")) {
                disagreements.add(name);
              }
            });
    assertThat(disagreements).containsExactlyInAnyOrderElementsOf(listed(major.group(1)));
  }

  private static Map<String, Boolean> verdicts() throws IOException {
    List<String> names = new ArrayList<>();
    for (Path file : Corpus.files(".yml")) {
      names.add(file.getFileName().toString());
    }
    List<String> arguments = new ArrayList<>(List.of("check", "rules"));
    arguments.addAll(names);
    Map<String, Boolean> verdicts = new TreeMap<>();
    String current = "";
    for (String line : run(arguments).lines().toList()) {
      Matcher checking = CHECKING.matcher(line);
      if (checking.matches()) {
        current = checking.group(1);
      } else if (line.contains("SUCCESS:")) {
        verdicts.put(current, true);
      } else if (line.contains("FAILED:")) {
        verdicts.put(current, false);
      }
    }
    assertThat(verdicts.keySet()).containsExactlyInAnyOrderElementsOf(names);
    return verdicts;
  }

  private static List<String> listed(String major) throws IOException {
    return Files.readAllLines(Corpus.FOLDER.resolve("promtool-differences.tsv")).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\t"))
        .filter(columns -> List.of(columns[1].split(" ")).contains(major))
        .map(columns -> columns[0])
        .toList();
  }

  private static String run(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .directory(Corpus.FOLDER.toFile())
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static boolean isOnPath(String program) {
    return Arrays.stream(String.valueOf(System.getenv("PATH")).split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
