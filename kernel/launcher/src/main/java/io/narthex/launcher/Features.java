package io.narthex.launcher;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The names that {@code --enable-feature} may hold. */
final class Features {
  /** Those that change something. */
  private static final Set<String> KNOWN = Set.of("exemplar-storage");

  private Features() {}

  /**
   * The names that change nothing, each once: as upstream, they are warned about and no error.
   *
   * @param values of the flag, each of which may hold several names, parted by commas
   */
  static List<String> withoutEffect(List<String> values) {
    return values.stream()
        .flatMap(value -> Stream.of(value.split(",")))
        .map(String::strip)
        .filter(name -> !name.isEmpty() && !KNOWN.contains(name))
        .distinct()
        .toList();
  }
}
