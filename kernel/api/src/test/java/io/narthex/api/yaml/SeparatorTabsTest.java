package io.narthex.api.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Position;
import io.narthex.api.section.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SeparatorTabsTest {
  /** Texts with tabs, by hand and by chance; what upstream's reader made of them, or refused. */
  private static final Path RECORDED = Path.of("src/test/resources/yaml/tabs.tsv");

  @TestFactory
  Stream<DynamicTest> tabsMeanWhatTheyMeanUpstream() throws IOException {
    List<String> lines = Files.readAllLines(RECORDED);
    assertThat(lines.size()).isGreaterThanOrEqualTo(600);
    return lines.stream()
        .map(line -> line.split("\t", -1))
        .map(
            columns ->
                DynamicTest.dynamicTest(
                    columns[1],
                    () ->
                        assertThat(read(unescaped(columns[1])).map(Trees::json))
                            .isEqualTo(
                                columns[0].equals("ok")
                                    ? Optional.of(unescaped(columns[2]))
                                    : Optional.empty())));
  }

  @Test
  void placesStayWhereTheyAre() {
    ConfigNode root = read("a:\t\t{\tb:\t1,\n\t\t\tc: 2 }\n").orElseThrow();
    ConfigNode.Mapping a =
        (ConfigNode.Mapping) ((ConfigNode.Mapping) root).entries().getFirst().value();
    assertThat(a.entries().get(0).value().position()).isEqualTo(new Position(1, 10));
    assertThat(a.entries().get(1).position()).isEqualTo(new Position(2, 4));
    List<Problem> problems = new ArrayList<>();
    YamlReader.read("a:\t1\nb:\n\tc: 1\n", problems);
    assertThat(problems).extracting(Problem::position).containsExactly(new Position(3, 1));
  }

  @Test
  void contentIsLeftAlone() {
    String text =
        "a: x\ty # c\td\nb: 'x\ty'\nc: \"x\ty\"\nd: |\n  x\ty\n  # z\t\ne: >\n  - q:\tw\n\n  z\tz\n";
    assertThat(SeparatorTabs.toSpaces(text)).isEqualTo(text);
  }

  /** What separates may be a tab or spaces: the tree is the same, and the text as long. */
  @Test
  void treesDoNotDependOnWhatSeparates() {
    Random random = new Random(20261125);
    for (int i = 0; i < 3_000; i++) {
      StringBuilder out = new StringBuilder();
      block(random, out, 0, 0);
      String tabs = out.toString();
      String spaces = SeparatorTabs.toSpaces(tabs);
      assertThat(spaces).hasSameSizeAs(tabs);
      assertThat(read(tabs)).as(tabs).isPresent().isEqualTo(read(tabs.replace('\t', ' ')));
      assertThat(SeparatorTabs.toSpaces(spaces)).isEqualTo(spaces);
    }
  }

  private static void block(Random random, StringBuilder out, int indent, int depth) {
    int keys = 1 + random.nextInt(3);
    boolean list = random.nextBoolean();
    for (int i = 0; i < keys; i++) {
      out.repeat(' ', indent).append(list ? "-" : quoted(random, "k" + i) + gap(random, 0) + ":");
      switch (random.nextInt(depth > 3 ? 2 : 4)) {
        case 0 ->
            out.append(list ? " " : gap(random, 1))
                .append(quoted(random, "v" + i))
                .append(end(random));
        case 1 -> {
          out.append(list ? " " : gap(random, 1));
          flow(random, out, 0);
          out.append(end(random));
        }
        case 2 -> {
          out.append(list ? " " : gap(random, 1)).append("|").append(end(random));
          out.repeat(' ', indent + 2).append("text: [ 'x\n");
        }
        default -> {
          out.append(list ? "\n" : end(random));
          block(random, out, indent + 1 + random.nextInt(3), depth + 1);
        }
      }
    }
  }

  private static void flow(Random random, StringBuilder out, int depth) {
    out.append('[');
    int items = random.nextInt(4);
    for (int i = 0; i < items; i++) {
      out.append(i == 0 ? "" : ",")
          .append(random.nextInt(4) == 0 ? "\n\t\t\t\t\t\t\t\t\t\t\t\t" : gap(random, 0));
      if (depth < 3 && random.nextInt(3) == 0) {
        flow(random, out, depth + 1);
      } else {
        out.append("{").append(gap(random, 0)).append('"').append(i).append('"');
        out.append(gap(random, 0)).append(":").append(gap(random, 1)).append("v}");
      }
      out.append(gap(random, 0));
    }
    out.append(']');
  }

  private static String quoted(Random random, String text) {
    return switch (random.nextInt(3)) {
      case 0 -> "'" + text + "'";
      case 1 -> '"' + text + '"';
      default -> text;
    };
  }

  private static String gap(Random random, int atLeast) {
    StringBuilder gap = new StringBuilder();
    int length = atLeast + random.nextInt(3);
    for (int i = 0; i < length; i++) {
      gap.append(random.nextBoolean() ? '\t' : ' ');
    }
    return gap.toString();
  }

  private static String end(Random random) {
    return random.nextInt(3) == 0 ? gap(random, 1) + "# it's [\n" : gap(random, 0) + "\n";
  }

  private static Optional<ConfigNode> read(String text) {
    List<Problem> problems = new ArrayList<>();
    YamlOptions options = new YamlOptions(YamlOptions.Merge.LATER_WINS, true, Integer.MAX_VALUE);
    Optional<ConfigNode> root = YamlReader.read(text, options, problems);
    return problems.isEmpty() ? root.or(() -> Optional.of(ConfigNode.nothing())) : Optional.empty();
  }

  private static String unescaped(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        out.append(c);
      } else {
        i++;
        out.append(
            switch (text.charAt(i)) {
              case 'n' -> '\n';
              case 't' -> '\t';
              case 'r' -> '\r';
              default -> text.charAt(i);
            });
      }
    }
    return out.toString();
  }
}
