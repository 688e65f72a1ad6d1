package io.narthex.alerting.internal.config;

import io.narthex.api.http.HttpClientSection;
import io.narthex.api.section.Section;
import java.time.Duration;
import java.util.Optional;

/** Checks {@code global}: all of upstream's keys, also those that only notifiers use. */
final class GlobalDecoder {
  private static final Duration RESOLVE_TIMEOUT = Duration.ofMinutes(5);

  private final Section section;

  private GlobalDecoder(Section section) {
    this.section = section;
  }

  /** Checks the section; gives the only value that is not the notifiers'. */
  static Duration resolveTimeout(Section section) {
    return new GlobalDecoder(section).read();
  }

  private Duration read() {
    GlobalKeys.ALL.forEach(this::check);
    GlobalKeys.WITH_FILE.forEach(key -> section.exclusive(key, key + "_file"));
    checkSlack();
    section.refuseOthers();
    return section.durationOrZero("resolve_timeout").orElse(RESOLVE_TIMEOUT);
  }

  private void check(GlobalKeys.Key key) {
    switch (key.kind()) {
      // Read once, at the end: each reading reports.
      case DURATION -> section.value(key.name());
      case TEXT -> section.string(key.name());
      case SECRET -> section.secret(key.name());
      case BOOL -> section.bool(key.name(), false);
      case URL -> checkUrl(key.name());
      case SECRET_URL -> checkSecretUrl(key.name());
      case ADDRESS -> checkAddress(key.name());
      case HTTP -> section.section(key.name()).ifPresent(GlobalDecoder::checkHttp);
      case TLS -> section.section(key.name()).ifPresent(HttpClientSection::tls);
    }
  }

  private static void checkHttp(Section http) {
    HttpClientSection.read(http);
    http.refuseOthers();
  }

  private void checkUrl(String key) {
    section.string(key).ifPresent(text -> checkUrl(key, text));
  }

  private void checkSecretUrl(String key) {
    section
        .secret(key)
        // What is shown in place of a secret may be loaded again, as upstream's tools do.
        .filter(secret -> !secret.reveal().equals(secret.toString()))
        .ifPresent(secret -> checkUrl(key, secret.reveal()));
  }

  private void checkUrl(String key, String text) {
    HttpUrl.problem(text)
        .ifPresent(
            problem ->
                section.report(
                    section.valuePosition(key),
                    "%s in %s must be a URL such as https://example.org/: %s"
                        .formatted(key, section.name(), problem)));
  }

  private void checkAddress(String key) {
    section
        .string(key)
        .filter(text -> !text.isEmpty() && !HostPort.isValid(text))
        .ifPresent(
            text ->
                section.report(
                    section.valuePosition(key),
                    "%s in %s must be a host and a port such as mail.example.org:587, got \"%s\""
                        .formatted(key, section.name(), text)));
  }

  /** A token goes with the URL of the app only. */
  private void checkSlack() {
    boolean token = section.has("slack_app_token") || section.has("slack_app_token_file");
    boolean file = section.has("slack_api_url_file");
    boolean url =
        section.has("slack_api_url")
            && !section
                .string("slack_api_url")
                .equals(section.string("slack_app_url").or(GlobalDecoder::app));
    if (token && (url || file)) {
      section.report(
          section.position(file ? "slack_api_url_file" : "slack_api_url"),
          "slack_app_token and slack_api_url exclude each other in %s; keep one of them"
              .formatted(section.name()));
    }
  }

  private static Optional<String> app() {
    return GlobalKeys.ALL.stream()
        .filter(key -> key.name().equals("slack_app_url"))
        .map(GlobalKeys.Key::fallback)
        .findFirst();
  }
}
