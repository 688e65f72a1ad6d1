package io.narthex.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Properties;

/** Our version, and the upstream version that we claim where programs parse it. */
record Versions(String narthex, String upstream, String revision) {
  static Versions load() {
    Properties properties = new Properties();
    try (InputStream in = Versions.class.getResourceAsStream("version.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("the launcher's jar lacks version.properties", e);
    }
    return new Versions(
        properties.getProperty("narthex"),
        properties.getProperty("upstream"),
        properties.getProperty("revision"));
  }

  /** The first line is upstream's, since scripts read it; ours comes after it. */
  String text() {
    return """
        prometheus, version %s (branch: HEAD, revision: %s)
          narthex version:  %s
          java version:     %s
          platform:         %s/%s"""
        .formatted(
            upstream,
            revision,
            narthex,
            Runtime.version(),
            System.getProperty("os.name").toLowerCase(Locale.ROOT),
            System.getProperty("os.arch"));
  }
}
