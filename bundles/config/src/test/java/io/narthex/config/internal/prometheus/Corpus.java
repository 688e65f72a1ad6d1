package io.narthex.config.internal.prometheus;

import io.narthex.api.section.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The configurations in {@code src/test/resources/config}, and how they are read in tests. */
final class Corpus {
  static final Path FOLDER = Path.of("src/test/resources/config");
  static final Path FIELD = FOLDER.resolve("field");

  private Corpus() {}

  /** Files of a folder by ending, in order. */
  static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(f -> f.toString().endsWith(ending)).sorted().toList();
    }
  }

  static Loaded decode(String origin, String text) {
    return decode(origin, text, Set.of("file"));
  }

  static Loaded decode(String origin, String text, Set<String> installed) {
    return decode(origin, text, installed, new FolderFiles(FOLDER));
  }

  static Loaded decode(
      String origin, String text, Set<String> installed, ConfigurationFiles files) {
    return decode(origin, text, installed, files, Corpus::environment);
  }

  /** Decodes what was shown: external labels are expanded already. */
  static Loaded decodeShown(String text) {
    return decode(
        "prometheus.yml", text, Set.of(), new FolderFiles(FOLDER), variable -> "$" + variable);
  }

  private static Loaded decode(
      String origin,
      String text,
      Set<String> installed,
      ConfigurationFiles files,
      UnaryOperator<String> environment) {
    return new PrometheusYaml(environment, files, new Installed(installed), Duration.ofDays(15))
        .decode(origin, text);
  }

  private static String environment(String name) {
    return switch (name) {
      case "HOME_REGION" -> "eu";
      case "NARTHEX_TEST_CLUSTER" -> "eu-1";
      default -> "";
    };
  }

  /** Mechanisms that are installed but not there to check anything. */
  record Installed(Set<String> names) implements Mechanisms {
    @Override
    public boolean mayCome() {
      return false;
    }

    @Override
    public boolean isInstalled(String mechanism) {
      return names.contains(mechanism);
    }

    @Override
    public void check(String mechanism, Section section, boolean keysAreChecked) {}
  }

  /** Files of a folder, named relative to it; patterns have no wildcards. */
  record FolderFiles(Path folder) implements ConfigurationFiles {
    @Override
    public String read(Path file) throws UnreadableFileException {
      Path inFolder = folder.resolve(file);
      if (Files.isDirectory(inFolder)) {
        throw new UnreadableFileException("it is a directory");
      }
      try {
        return Files.readString(inFolder);
      } catch (IOException e) {
        throw new UnreadableFileException(String.valueOf(e.getMessage()));
      }
    }

    @Override
    public List<Path> matching(String pattern) {
      return Files.exists(folder.resolve(pattern)) ? List.of(Path.of(pattern)) : List.of();
    }
  }
}
