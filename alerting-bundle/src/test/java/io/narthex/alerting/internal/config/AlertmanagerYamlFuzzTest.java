package io.narthex.alerting.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is done to a file, it is taken or refused with messages, and no secret gets out. */
class AlertmanagerYamlFuzzTest {
  private static final int ROUNDS = 4_000;
  private static final List<String> PIECES =
      List.of("null", "[]", "{}", "''", "0", "-1", "1h", "~", "...", "[{}]", "{a: b}", "true", ":");

  @Test
  void brokenFilesAreRefusedInOrder() throws IOException {
    List<String> texts = new ArrayList<>();
    for (Path file : Corpus.files(".good.yml")) {
      texts.add(Files.readString(file));
    }
    Random random = new Random(5);
    int taken = 0;
    for (int i = 0; i < ROUNDS; i++) {
      String text = broken(texts.get(random.nextInt(texts.size())), random);
      try {
        String shown =
            Corpus.decode("alertmanager.yml", text, random.nextBoolean()).config().text();
        assertThat(shown).as(text).isNotEmpty();
        taken++;
      } catch (BadConfigurationException e) {
        assertThat(e.problems()).as(text).isNotEmpty();
        assertThat(e.problems()).as(text).allMatch(p -> p.startsWith("alertmanager.yml:"));
      } catch (RuntimeException e) {
        throw new AssertionError(text, e);
      }
    }
    assertThat(taken).isBetween(ROUNDS / 20, ROUNDS * 19 / 20);
  }

  private static String broken(String text, Random random) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    for (int n = random.nextInt(3); n >= 0 && !lines.isEmpty(); n--) {
      int at = random.nextInt(lines.size());
      String line = lines.get(at);
      switch (random.nextInt(6)) {
        case 0 -> lines.remove(at);
        case 1 -> lines.add(at, lines.get(random.nextInt(lines.size())));
        case 2 -> lines.set(at, "  " + line);
        case 3 -> lines.set(at, line.replaceFirst(":.*", ": " + piece(random)));
        case 4 -> lines.set(at, line.replaceFirst("- .*", "- " + piece(random)));
        default ->
            lines.set(at, line.isEmpty() ? "x" : line.substring(random.nextInt(line.length())));
      }
    }
    return String.join("\n", lines) + "\n";
  }

  private static String piece(Random random) {
    return PIECES.get(random.nextInt(PIECES.size()));
  }
}
