package io.narthex.config.internal.prometheus;

import io.narthex.api.section.ConfigNode;
import io.narthex.config.internal.schema.Settings;
import java.util.Locale;
import java.util.Set;

/** Headers of requests that must not be set in {@code headers}. */
final class ReservedHeaders {
  private static final Set<String> NAMES =
      Set.of(
          "authorization",
          "host",
          "content-encoding",
          "content-length",
          "content-type",
          "user-agent",
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "www-authenticate",
          "accept-encoding",
          "x-prometheus-remote-write-version",
          "x-prometheus-remote-read-version",
          "x-amz-date",
          "x-amz-security-token",
          "x-amz-content-sha256");

  private ReservedHeaders() {}

  /**
   * Checks the headers of a section.
   *
   * @param authorization what is used to authorize instead of a header
   */
  static void check(Settings settings, String authorization) {
    for (ConfigNode.Entry entry : settings.section().mapping("headers")) {
      String name = entry.key().toLowerCase(Locale.ROOT);
      if (NAMES.contains(name)) {
        settings
            .section()
            .report(
                entry.position(),
                "header \"%s\" must not be set in headers of %s: %s"
                    .formatted(
                        entry.key(),
                        settings.section().name(),
                        name.equals("authorization")
                            ? authorization
                            : "the server sets it itself"));
      }
    }
  }
}
