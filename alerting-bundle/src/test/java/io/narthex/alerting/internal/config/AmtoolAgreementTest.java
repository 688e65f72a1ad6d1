package io.narthex.alerting.internal.config;

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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * amtool has the same verdict as we about every configuration of the corpora, but for those that
 * {@code amtool-differences.tsv} lists for its version, each with its reason.
 */
class AmtoolAgreementTest {
  @Test
  void amtoolAgreesOrTheDifferenceIsListed() throws Exception {
    assumeTrue(isOnPath("amtool"), "amtool is not on the PATH (Debian: prometheus-alertmanager)");
    Matcher version =
        Pattern.compile("amtool, version (\\d+\\.\\d+)\\.").matcher(run(List.of("--version")));
    assertThat(version.find()).isTrue();

    Map<String, Boolean> verdicts = verdicts(names());

    List<String> disagreements = new ArrayList<>();
    verdicts.forEach(
        (name, good) -> {
          if (good == name.contains(".bad.")) {
            disagreements.add(name);
          }
        });
    assertThat(disagreements).containsExactlyInAnyOrderElementsOf(listed(version.group(1)));
  }

  private static List<String> names() throws IOException {
    return Stream.concat(Corpus.files(".bad.yml").stream(), Corpus.files(".good.yml").stream())
        .map(file -> file.getFileName().toString())
        .toList();
  }

  /** One by one: some versions panic over bad files. */
  private static Map<String, Boolean> verdicts(List<String> names) throws Exception {
    Map<String, Boolean> verdicts = new TreeMap<>();
    for (String name : names) {
      String output = run(List.of("check-config", name));
      assertThat(output).startsWith("Checking '%s'".formatted(name));
      verdicts.put(name, output.contains("  SUCCESS\n") && !output.contains("FAILED:"));
    }
    return verdicts;
  }

  private static List<String> listed(String version) throws IOException {
    return Files.readAllLines(Corpus.FOLDER.resolve("amtool-differences.tsv")).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\t"))
        .filter(columns -> List.of(columns[1].split(" ")).contains(version))
        .map(columns -> columns[0])
        .toList();
  }

  private static boolean isOnPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static String run(List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("amtool"));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .directory(Corpus.FOLDER.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
