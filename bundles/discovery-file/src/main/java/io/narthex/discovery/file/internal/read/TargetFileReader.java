package io.narthex.discovery.file.internal.read;

import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Position;
import io.narthex.api.section.Problem;
import io.narthex.api.yaml.YamlOptions;
import io.narthex.api.yaml.YamlReader;
import io.narthex.api.yaml.YamlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads files of target groups. */
public final class TargetFileReader {
  /** The largest file that is read. */
  public static final int MOST_BYTES = 16 * 1024 * 1024;

  private static final YamlOptions AS_YAML =
      new YamlOptions(YamlOptions.Merge.LATER_WINS, true, ValueBudget.MOST);

  private TargetFileReader() {}

  /**
   * Reads a file.
   *
   * @param name how the file is called in sources and labels; says the format
   * @throws BadTargetFileException with all that is wrong with it
   */
  public static TargetFile read(String name, byte[] content) throws BadTargetFileException {
    List<Problem> problems = new ArrayList<>();
    TargetFile file = TargetFile.BLANK;
    try {
      ValueBudget budget = new ValueBudget();
      FileFormat format = FileFormat.of(name);
      Optional<ConfigNode> root = root(format, content, budget, problems);
      if (root.isPresent() && problems.isEmpty() && !root.get().isNull()) {
        file =
            new TargetFile(
                new GroupDecoder(name, format, budget, problems).decode(root.get()), false);
      }
    } catch (ValueBudget.TooManyValuesException e) {
      problems.add(new Problem(Position.START, e.problem()));
    }
    if (!problems.isEmpty()) {
      throw new BadTargetFileException(problems);
    }
    return file;
  }

  private static Optional<ConfigNode> root(
      FileFormat format, byte[] content, ValueBudget budget, List<Problem> problems) {
    return switch (format) {
      case JSON ->
          JsonText.decode(content, problems).flatMap(t -> JsonNodes.read(t, budget, problems));
      case YAML ->
          YamlText.decode(content, problems).flatMap(t -> YamlReader.read(t, AS_YAML, problems));
    };
  }
}
