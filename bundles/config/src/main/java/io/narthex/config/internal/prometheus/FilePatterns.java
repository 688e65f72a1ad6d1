package io.narthex.config.internal.prometheus;

import io.narthex.api.section.ConfigNode;
import io.narthex.config.internal.schema.Settings;
import java.util.List;
import java.util.regex.Pattern;

/** Patterns of file names: wildcards only in the last part, as upstream has it. */
final class FilePatterns {
  private static final Pattern VALID = Pattern.compile("[^*]*(\\*[^/]*)?", Pattern.DOTALL);

  /** Characters, escaped ones, and sets of characters and ranges. */
  private static final Pattern PATTERN =
      Pattern.compile(
          "(?:[^\\\\\\[]++|\\\\.|\\[\\^?(?:(?:[^\\\\\\]-]|\\\\.)(?:-(?:[^\\\\\\]-]|\\\\.))?)+\\])*+",
          Pattern.DOTALL);

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

  private static boolean isBroken(String pattern) {
    return !PATTERN.matcher(pattern).matches();
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
