package io.narthex.notifier.webhook.internal;

import io.narthex.api.error.NarthexException;
import io.narthex.api.http.HttpClientConfig;
import io.narthex.api.http.HttpClientSection;
import io.narthex.api.section.Section;
import io.narthex.api.template.TemplateSource;
import io.narthex.notifier.webhook.internal.address.WebhookAddress;
import io.narthex.notifier.webhook.internal.address.WebhookUrl;
import io.narthex.spi.notify.NotifierContext;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Reads an entry of {@code webhook_configs}. */
final class WebhookSection {
  /** Where an entry is wrong; what is read then is thrown away. */
  private static final WebhookAddress NOWHERE =
      new WebhookAddress.Fixed(URI.create("http://nowhere.invalid/"));

  private final Section section;
  private final NotifierContext context;

  private WebhookSection(Section section, NotifierContext context) {
    this.section = section;
    this.context = context;
  }

  static WebhookSettings read(Section section, NotifierContext context) {
    return new WebhookSection(section, context).read();
  }

  private WebhookSettings read() {
    if (section.value("payload").isPresent()) {
      section.report(
          section.position("payload"),
          "payload in %s is not there yet; without it the standard payload is sent"
              .formatted(section.name()));
    }
    return new WebhookSettings(
        address(),
        http(),
        section.count("max_alerts").orElse(0L),
        section.durationOrZero("timeout").orElse(Duration.ZERO));
  }

  private WebhookAddress address() {
    section.exclusive("url", "url_file");
    Optional<WebhookAddress> inline =
        section
            .secret("url")
            .filter(secret -> !secret.reveal().isEmpty())
            .map(secret -> inline(secret.reveal()));
    Optional<WebhookAddress> inFile =
        section.path("url_file").map(file -> new WebhookAddress.InFile(file, context.templates()));
    if (!section.has("url") && !section.has("url_file")) {
      section.report(
          section.position(),
          "%s has neither url nor url_file; one of them must say where to post to"
              .formatted(section.name()));
    }
    return inline.or(() -> inFile).orElse(NOWHERE);
  }

  private WebhookAddress inline(String text) {
    if (text.contains("{{")) {
      return templated(text);
    }
    try {
      return new WebhookAddress.Fixed(WebhookUrl.parse(text));
    } catch (IllegalArgumentException e) {
      section.report(
          section.valuePosition("url"),
          "url in %s %s; it must be like https://host/path"
              .formatted(section.name(), e.getMessage()));
      return NOWHERE;
    }
  }

  private WebhookAddress templated(String text) {
    try {
      return new WebhookAddress.Templated(context.templates().text(new TemplateSource("", text)));
    } catch (NarthexException e) {
      section.report(
          section.valuePosition("url"),
          "url in %s is no template: %s".formatted(section.name(), e.getMessage()));
      return NOWHERE;
    }
  }

  private HttpClientConfig http() {
    return section
        .section("http_config")
        .or(() -> context.global().section("http_config"))
        .map(WebhookSection::http)
        .orElse(HttpClientConfig.DEFAULT);
  }

  private static HttpClientConfig http(Section section) {
    HttpClientConfig config = HttpClientSection.read(section);
    section.refuseOthers();
    return config;
  }
}
