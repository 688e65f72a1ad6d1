package io.narthex.notifier.webhook.internal.address;

import io.narthex.api.error.NarthexException;
import io.narthex.api.template.Template;
import io.narthex.api.template.TemplateContext;
import io.narthex.api.template.TemplateSet;
import io.narthex.api.template.TemplateSource;
import io.narthex.spi.notify.support.NotificationData;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The URL of a webhook as it is configured. */
public sealed interface WebhookAddress {
  /**
   * The URL for a notification.
   *
   * @throws BadAddressException if there is none
   */
  URI resolve(NotificationData data, TemplateContext context) throws BadAddressException;

  /** It stands in the configuration. */
  record Fixed(URI url) implements WebhookAddress {
    @Override
    public URI resolve(NotificationData data, TemplateContext context) {
      return url;
    }

    /** Never the URL. */
    @Override
    public String toString() {
      return "Fixed";
    }
  }

  /** It is made of the notification. */
  record Templated(Template template) implements WebhookAddress {
    @Override
    public URI resolve(NotificationData data, TemplateContext context) throws BadAddressException {
      return expand(template, data, context);
    }
  }

  /** It stands in a file, which is read for each delivery, and may be a template. */
  record InFile(Path file, TemplateSet templates) implements WebhookAddress {
    private static final int MAX_BYTES = 64 * 1024;

    @Override
    public URI resolve(NotificationData data, TemplateContext context) throws BadAddressException {
      String text = read().strip();
      try {
        return expand(templates.text(new TemplateSource("", text)), data, context);
      } catch (NarthexException e) {
        throw notExpanded(e);
      }
    }

    private String read() throws BadAddressException {
      try {
        // Reading of a pipe or a device may never end, nor can it be interrupted.
        if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
          throw BadAddressException.lasting(
              "read url_file: %s is not a regular file; it must hold a URL".formatted(file));
        }
        if (Files.size(file) > MAX_BYTES) {
          throw BadAddressException.lasting(
              "read url_file: %s has more than %d bytes; it must hold a URL"
                  .formatted(file, MAX_BYTES));
        }
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw BadAddressException.lasting("read url_file: " + FileWords.of("open", file, e));
      }
    }
  }

  private static URI expand(Template template, NotificationData data, TemplateContext context)
      throws BadAddressException {
    String text;
    try {
      text = template.expand(data, context);
    } catch (NarthexException e) {
      throw notExpanded(e);
    }
    if (text.isEmpty()) {
      throw BadAddressException.lasting("webhook URL is empty after templating");
    }
    try {
      return WebhookUrl.parse(text);
    } catch (IllegalArgumentException e) {
      throw BadAddressException.passing("Post \"<redacted>\": the URL " + e.getMessage());
    }
  }

  private static BadAddressException notExpanded(NarthexException e) {
    return BadAddressException.lasting("failed to template webhook URL: " + e.getMessage());
  }
}
