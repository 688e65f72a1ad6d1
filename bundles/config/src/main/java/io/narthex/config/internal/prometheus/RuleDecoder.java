package io.narthex.config.internal.prometheus;

import io.narthex.api.config.RuleFile;
import io.narthex.api.config.RuleSettings;
import io.narthex.api.model.NameValidation;
import io.narthex.api.relabel.RelabelRule;
import io.narthex.api.section.Position;
import io.narthex.config.internal.schema.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Decodes what the configuration says about rules, and reads the files of rules. What is in them is
 * checked by the bundle that evaluates them.
 */
final class RuleDecoder {
  private final ConfigurationFiles files;
  private final SourceFile main;

  RuleDecoder(ConfigurationFiles files, SourceFile main) {
    this.files = files;
    this.main = main;
  }

  RuleSettings decode(Settings root, Settings global) {
    NameValidation names = NameSchemes.validation(global);
    FilePatterns.check(root, "rule_files");
    List<RelabelRule> relabelling =
        root.child("alerting")
            .map(alerting -> RelabelDecoder.decode(alerting, "alert_relabel_configs", names))
            .orElse(List.of());
    return new RuleSettings(read(root), global.duration("rule_query_offset"), relabelling, names);
  }

  private List<RuleFile> read(Settings root) {
    Set<Path> matching = new LinkedHashSet<>();
    for (String pattern : root.texts("rule_files")) {
      matching.addAll(files.matching(pattern));
    }
    Position at = root.section().valuePosition("rule_files");
    List<RuleFile> read = new ArrayList<>();
    for (Path file : matching) {
      try {
        read.add(new RuleFile(file.toString(), files.read(file)));
      } catch (ConfigurationFiles.UnreadableFileException e) {
        main.report(at, "cannot read the rule file %s: %s".formatted(file, e.getMessage()));
      }
    }
    return read;
  }
}
