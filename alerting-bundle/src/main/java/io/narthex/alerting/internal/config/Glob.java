package io.narthex.alerting.internal.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds files by patterns as upstream's: {@code *} and {@code ?} stand for characters other than a
 * slash, {@code [a-z]} and {@code [^a-z]} for one of a set, a backslash takes the next character as
 * it is.
 */
final class Glob {
  private Glob() {}

  /** The files that match, in order; folders that cannot be read have none. */
  static List<Path> matching(String glob) {
    Path path = Path.of(glob);
    List<Path> found = List.of(path.isAbsolute() ? path.getRoot() : Path.of(""));
    for (Path step : path) {
      List<Path> deeper = new ArrayList<>();
      for (Path folder : found) {
        deeper.addAll(enter(folder, step.toString()));
      }
      found = deeper;
    }
    return found.stream().filter(p -> Files.exists(p, LinkOption.NOFOLLOW_LINKS)).toList();
  }

  private static List<Path> enter(Path folder, String step) {
    if (step.chars().noneMatch(c -> "*?[\\".indexOf(c) >= 0)) {
      return List.of(folder.resolve(step));
    }
    Pattern pattern = pattern(step);
    try (Stream<Path> entries = Files.list(folder.toString().isEmpty() ? Path.of(".") : folder)) {
      return entries
          .map(Path::getFileName)
          .filter(name -> pattern.matcher(name.toString()).matches())
          .sorted(Comparator.comparing(Path::toString))
          .map(folder::resolve)
          .toList();
    } catch (IOException | UncheckedIOException ignored) {
      return List.of();
    }
  }

  private static Pattern pattern(String glob) {
    StringBuilder regex = new StringBuilder();
    boolean inSet = false;
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      if (c == '\\') {
        i++;
        if (i == glob.length()) {
          throw new IllegalArgumentException("a backslash at its end takes no character");
        }
        regex.append(Pattern.quote(glob.substring(i, i + 1)));
      } else if (inSet) {
        inSet = c != ']';
        regex.append(c == '[' || c == '&' ? "\\" + c : String.valueOf(c));
      } else {
        inSet = c == '[';
        regex.append(outsideSet(c));
      }
    }
    if (inSet) {
      throw new IllegalArgumentException("a \"[\" in it has no \"]\"");
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  private static String outsideSet(char c) {
    return switch (c) {
      case '*' -> ".*";
      case '?' -> ".";
      case '[' -> "[";
      default -> Pattern.quote(String.valueOf(c));
    };
  }
}
