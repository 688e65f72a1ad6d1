package io.narthex.config.internal.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a file holds, it is read or refused with messages, never another exception. */
class PrometheusYamlFuzzTest {
  private static final String[] PIECES = {
    ":",
    "-",
    "\n",
    "  ",
    "*a",
    "&a",
    "<<: ",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "|",
    ">",
    "%",
    "@",
    "`",
    "!",
    "!!",
    "#",
    "? ",
    "~",
    "\t",
    "\0",
    "é",
    "\ud83d\ude00",
    "\ud800",
    "\u2028",
    "0",
    "1h",
    "$",
    "${",
    "---",
    "job_name: ",
    "static_configs: ",
    "targets: ",
    "scrape_interval: ",
    "\\x",
    "\\u12",
    "\"\\0\"",
    "relabel_configs: ",
    "regex: ",
    "scrape_config_files: ",
    "consul_sd_configs: ",
    "url: ",
    "9".repeat(30)
  };

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void mutatedFilesAreReadOrRefused(long seed) throws IOException {
    Random random = new Random(seed);
    List<String> corpus = corpus();
    int refused = 0;
    for (int i = 0; i < 3000; i++) {
      String text = corpus.get(random.nextInt(corpus.size()));
      for (int n = random.nextInt(4); n >= 0; n--) {
        text = mutate(text, random);
      }
      refused += refused(text, seed, i) ? 1 : 0;
    }
    assertThat(refused).as("some are refused, some are not").isBetween(300, 2980);
  }

  private static boolean refused(String text, long seed, int round) {
    try {
      Corpus.decode("prometheus.yml", text);
      return false;
    } catch (BadConfigurationException e) {
      assertThat(e.problems()).isNotEmpty().allMatch(p -> p.matches("(?s).+:\\d+:\\d+: .+"));
      return true;
    } catch (RuntimeException | Error e) {
      return fail("seed %d round %d: %s".formatted(seed, round, text), e);
    }
  }

  private static String mutate(String text, Random random) {
    int at = random.nextInt(text.length() + 1);
    int to = Math.min(text.length(), at + 1 + random.nextInt(8));
    String piece = PIECES[random.nextInt(PIECES.length)];
    return switch (random.nextInt(4)) {
      case 0 -> text.substring(0, at) + text.substring(to);
      case 1 -> text.substring(0, at) + piece + text.substring(at);
      case 2 -> text.substring(0, at) + piece + text.substring(to);
      default -> text.substring(0, at) + text.substring(at, to) + text.substring(at);
    };
  }

  private static List<String> corpus() throws IOException {
    List<String> corpus = new ArrayList<>();
    for (Path folder : List.of(Corpus.FOLDER, Corpus.FIELD)) {
      for (Path file : Corpus.files(folder, ".yml")) {
        corpus.add(Files.readString(file));
      }
    }
    return corpus;
  }
}
