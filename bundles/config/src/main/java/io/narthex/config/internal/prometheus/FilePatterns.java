package io.narthex.config.internal.prometheus;

import io.narthex.api.section.ConfigNode;
import io.narthex.config.internal.schema.Settings;
import java.util.List;
import java.util.regex.Pattern;

/** Patterns of file names: wildcards only in the last part, as upstream has it. */
final class FilePatterns {
  private static final Pattern VALID = Pattern.compile("[^*]*(\\*[^/]*)?", Pattern.DOTALL);

  private static final Pattern DISCOVERED =
      Pattern.compile("[^*]*(\\*[^/]*)?\\.(json|yml|yaml|JSON|YML|YAML)", Pattern.DOTALL);

  private FilePatterns() {}

  /** Checks the patterns of a key. */
  static void check(Settings settings, String key) {
    for (ConfigNode.Scalar pattern : scalars(settings, key)) {
      if (!VALID.matcher(pattern.text()).matches()) {
        settings
            .section()
            .report(
                pattern.position(),
                "\"%s\" in %s has a \"*\" in a folder's name; it may only be in the file's name"
                    .formatted(pattern.text(), key));
      } else if (isBroken(pattern.text())) {
        settings
            .section()
            .report(
                pattern.position(),
                ("\"%s\" in %s is not a valid pattern: a \"[\" begins a set such as [a-z], and a"
                        + " backslash stands before a character")
                    .formatted(pattern.text(), key));
      }
    }
  }

  /** Characters, escaped ones, and sets of characters and ranges. */
  private static boolean isBroken(String pattern) {
    int at = 0;
    while (at >= 0 && at < pattern.length()) {
      at = pattern.charAt(at) == '[' ? afterSet(pattern, at + 1) : afterCharacter(pattern, at);
    }
    return at < 0;
  }

  /** Where the pattern goes on after a set whose content begins here, or -1 if it is none. */
  private static int afterSet(String pattern, int from) {
    int first = pattern.startsWith("^", from) ? from + 1 : from;
    int at = first;
    while (at >= 0 && (at == first || !pattern.startsWith("]", at))) {
      at = afterMember(pattern, at);
      if (at >= 0 && pattern.startsWith("-", at)) {
        at = afterMember(pattern, at + 1);
      }
    }
    return at < 0 ? -1 : at + 1;
  }

  private static int afterMember(String pattern, int at) {
    return pattern.startsWith("]", at) || pattern.startsWith("-", at)
        ? -1
        : afterCharacter(pattern, at);
  }

  private static int afterCharacter(String pattern, int at) {
    int last = pattern.startsWith("\\", at) ? at + 1 : at;
    return last < pattern.length() ? last + 1 : -1;
  }

  /** Checks the patterns of {@code file_sd_configs}. */
  static void checkDiscovered(Settings settings, String key) {
    for (ConfigNode.Scalar pattern : scalars(settings, key)) {
      if (!DISCOVERED.matcher(pattern.text()).matches()) {
        settings
            .section()
            .report(
                pattern.position(),
                ("\"%s\" in %s must be the path of a .json, .yml or .yaml file; a \"*\" may only be"
                        + " in the file's name")
                    .formatted(pattern.text(), key));
      }
    }
  }

  private static List<ConfigNode.Scalar> scalars(Settings settings, String key) {
    return settings.section().value(key).stream()
        .filter(ConfigNode.Sequence.class::isInstance)
        .flatMap(list -> ((ConfigNode.Sequence) list).items().stream())
        .filter(ConfigNode.Scalar.class::isInstance)
        .map(ConfigNode.Scalar.class::cast)
        .filter(scalar -> !scalar.isNull())
        .toList();
  }
}
