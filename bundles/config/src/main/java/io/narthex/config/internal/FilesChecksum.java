package io.narthex.config.internal;

import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Section;
import io.narthex.config.internal.prometheus.ConfigurationFiles.UnreadableFileException;
import io.narthex.config.internal.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** A checksum of a configuration file and of the rule and scrape config files that it names. */
final class FilesChecksum {
  private static final LocalFiles FILES = new LocalFiles();

  private final MessageDigest digest;

  private FilesChecksum() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The checksum; files that cannot be read count by the reason. */
  static String of(String file) {
    FilesChecksum checksum = new FilesChecksum();
    String text = checksum.add(file);
    Path folder = Optional.ofNullable(Path.of(file).getParent()).orElse(Path.of(""));
    ConfigNode root = YamlReader.read(text, new ArrayList<>()).orElse(ConfigNode.nothing());
    Section section = Section.root("", root, folder, new ArrayList<>());
    checksum.addMatching(section, "rule_files");
    checksum.addMatching(section, "scrape_config_files");
    return HexFormat.of().formatHex(checksum.digest.digest());
  }

  private void addMatching(Section section, String key) {
    List<String> patterns = section.strings(key);
    update(key + patterns.size());
    for (String pattern : patterns) {
      if (pattern.indexOf('\0') < 0) {
        for (Path match : FILES.matching(section.resolve(pattern).toString())) {
          add(match.toString());
        }
      }
    }
  }

  private String add(String file) {
    update(file);
    try {
      String text = FILES.read(file);
      update(text);
      return text;
    } catch (UnreadableFileException e) {
      update("unreadable: " + e.getMessage());
      return "";
    }
  }

  private void update(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }
}
