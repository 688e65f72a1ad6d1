package io.narthex.config.internal.prometheus;

import io.narthex.api.section.Section;
import io.narthex.config.internal.schema.Settings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Checks that the files of a {@code tls_config} are there, where upstream needs them at once. */
final class TlsFiles {
  private static final List<String> KEYS = List.of("ca_file", "cert_file", "key_file");

  private TlsFiles() {}

  static void check(Settings client, ConfigurationFiles files) {
    client
        .child("tls_config")
        .ifPresent(tls -> KEYS.forEach(key -> check(client.section(), tls, key, files)));
  }

  /** The section of the files themselves is read without being heard. */
  private static void check(Section heard, Settings tls, String key, ConfigurationFiles files) {
    String name = tls.text(key);
    if (name.isEmpty()) {
      return;
    }
    try {
      Section section = tls.section();
      Path file = Path.of(name);
      files
          .problem(file)
          .ifPresent(
              problem ->
                  heard.report(
                      section.valuePosition(key),
                      "cannot read %s in %s (%s): %s"
                          .formatted(key, section.name(), file, problem)));
    } catch (InvalidPathException e) {
      // Such a name was refused when it was read.
      return;
    }
  }
}
