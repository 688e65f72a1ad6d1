package io.narthex.discovery.file.internal.read;

import java.util.Locale;

/** How a file of target groups is written, as its name says. */
enum FileFormat {
  JSON("[{\"targets\": [\"host:9090\"]}]"),
  YAML("- targets: [\"host:9090\"]");

  private final String example;

  FileFormat(String example) {
    this.example = example;
  }

  /** A whole file, for messages. */
  String example() {
    return example;
  }

  /** The format of a file of this name. */
  static FileFormat of(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".json") ? JSON : YAML;
  }
}
