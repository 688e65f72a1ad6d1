package io.narthex.config.internal;

import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Section;
import io.narthex.api.yaml.YamlReader;
import io.narthex.config.internal.prometheus.ConfigurationFiles.UnreadableFileException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
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

  /** The checksum; files that cannot be read, or even be named, count by the reason. */
  static String of(String file) {
    FilesChecksum checksum = new FilesChecksum();
    try {
      checksum.addAll(Path.of(file));
    } catch (InvalidPathException e) {
      checksum.unreadable(e);
    }
    return HexFormat.of().formatHex(checksum.digest.digest());
  }

  private void addAll(Path file) {
    String text = add(file);
    Path folder = Optional.ofNullable(file.getParent()).orElse(Path.of(""));
    ConfigNode root = YamlReader.read(text, new ArrayList<>()).orElse(ConfigNode.nothing());
    Section section = Section.root("", root, folder, new ArrayList<>());
    addMatching(section, "rule_files");
    addMatching(section, "scrape_config_files");
  }

  private void addMatching(Section section, String key) {
    List<String> patterns = section.strings(key);
    update(key + patterns.size());
    for (String pattern : patterns) {
      try {
        FILES.matching(section.resolve(pattern).toString()).forEach(this::add);
      } catch (InvalidPathException e) {
        unreadable(e);
      }
    }
  }

  private String add(Path file) {
    update(file.toString());
    try {
      String text = FILES.read(file);
      update(text);
      return text;
    } catch (UnreadableFileException e) {
      unreadable(e);
      return "";
    }
  }

  private void unreadable(Exception reason) {
    update("unreadable: " + reason.getMessage());
  }

  private void update(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }
}
