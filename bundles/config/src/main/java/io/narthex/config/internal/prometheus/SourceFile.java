package io.narthex.config.internal.prometheus;

import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Position;
import io.narthex.api.section.Problem;
import io.narthex.api.section.Section;
import io.narthex.api.yaml.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A file that is being read, and what is wrong with it. */
final class SourceFile {
  private static final Comparator<Problem> BY_PLACE =
      Comparator.comparing((Problem p) -> p.position().line())
          .thenComparing(p -> p.position().column());

  private final String name;
  private final Path directory;
  private final List<Problem> problems = new ArrayList<>();
  private final ConfigNode root;

  /**
   * A file.
   *
   * @param name for messages
   * @param directory what relative paths in it are relative to
   */
  SourceFile(String name, Path directory, String text) {
    this.name = name;
    this.directory = directory;
    this.root = YamlReader.read(text, problems).orElse(ConfigNode.nothing());
  }

  String name() {
    return name;
  }

  ConfigNode root() {
    return root;
  }

  Section section(String title) {
    return Section.root(title, root, directory, problems);
  }

  void report(Position at, String message) {
    problems.add(new Problem(at, message));
  }

  /** What is wrong, in the order of the file. */
  List<String> describedProblems() {
    return problems.stream().distinct().sorted(BY_PLACE).map(p -> p.describe(name)).toList();
  }

  /** A place in it, for people. */
  String place(Position at) {
    return "%s:%d:%d".formatted(name, at.line(), at.column());
  }
}
