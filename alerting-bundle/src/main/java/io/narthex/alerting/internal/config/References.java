package io.narthex.alerting.internal.config;

import io.narthex.api.section.Position;
import io.narthex.api.section.Section;
import io.narthex.api.section.Suggestion;
import java.util.Set;

/** Checks names that refer to other places of the file. */
final class References {
  private References() {}

  /** Reports a name at a key that nothing has. */
  static void check(Section section, String key, String name, Set<String> known, String kind) {
    check(section, section.valuePosition(key), key, name, known, kind);
  }

  /**
   * Reports a name that nothing has.
   *
   * @param kind what the name is of, for example {@code receiver}
   */
  static void check(
      Section section, Position at, String key, String name, Set<String> known, String kind) {
    if (!known.contains(name)) {
      String hint =
          Suggestion.nearest(name, known).map(". Did you mean \"%s\"?"::formatted).orElse("");
      section.report(
          at, "%s in %s: there is no %s \"%s\"%s".formatted(key, section.name(), kind, name, hint));
    }
  }
}
