package io.narthex.alerting.internal.config;

import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Position;
import io.narthex.api.section.Problem;
import io.narthex.api.section.Section;
import io.narthex.api.yaml.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The file that is being read, and what is wrong with it. */
final class SourceFile {
  private static final Comparator<Problem> BY_PLACE =
      Comparator.comparing((Problem p) -> p.position().line())
          .thenComparing(p -> p.position().column());

  private final String name;
  private final Path directory;
  private final List<Problem> problems = new ArrayList<>();
  private final ConfigNode root;

  SourceFile(String name, String text) {
    this.name = name;
    this.directory = Optional.ofNullable(Path.of(name).getParent()).orElse(Path.of(""));
    this.root = YamlReader.read(text, problems).orElse(ConfigNode.nothing());
  }

  ConfigNode root() {
    return root;
  }

  Path directory() {
    return directory;
  }

  List<Problem> problems() {
    return problems;
  }

  Section section() {
    return Section.root("the configuration", root, directory, problems);
  }

  /** A place in it, for people. */
  String place(Position at) {
    return "%s:%d:%d".formatted(name, at.line(), at.column());
  }

  /** Throws if anything is wrong. */
  void refuseIfBad() {
    if (!problems.isEmpty()) {
      throw new BadConfigurationException(
          name, problems.stream().distinct().sorted(BY_PLACE).map(p -> p.describe(name)).toList());
    }
  }
}
