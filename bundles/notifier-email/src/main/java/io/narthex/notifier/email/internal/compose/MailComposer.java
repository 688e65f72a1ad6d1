package io.narthex.notifier.email.internal.compose;

import io.narthex.api.error.NarthexException;
import io.narthex.api.template.Template;
import io.narthex.api.template.TemplateContext;
import io.narthex.notifier.email.internal.settings.MailTemplates;
import io.narthex.notifier.email.internal.settings.Threading;
import io.narthex.spi.notify.Notification;
import io.narthex.spi.notify.support.NotificationContext;
import io.narthex.spi.notify.support.NotificationData;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Makes mails: the headers, and a multipart/alternative of what the templates give, the plain text
 * first (RFC 2046, 5.1.4).
 */
public final class MailComposer {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH);
  private static final Set<String> OF_ADDRESSES =
      Set.of("From", "To", "Cc", "Bcc", "Reply-To", "Sender");
  private static final String END = "\r\n";

  private final MailTemplates templates;
  private final Threading threading;
  private final String hostname;
  private final ZoneId zone;
  private final RandomGenerator random;

  /**
   * A composer.
   *
   * @param hostname this machine's name, for ids of messages
   * @param zone for dates
   */
  public MailComposer(
      MailTemplates templates,
      Threading threading,
      String hostname,
      ZoneId zone,
      RandomGenerator random) {
    this.templates = templates;
    this.threading = threading;
    this.hostname = hostname;
    this.zone = zone;
    this.random = random;
  }

  /** The mail for a notification, sent at this time. */
  public ComposedMail compose(Notification notification, Instant now) throws BadMailException {
    Expansion expansion =
        new Expansion(NotificationData.of(notification), NotificationContext.of(notification));
    List<String> from =
        Addresses.parse("from", expansion.of("execute 'from' template", templates.from()));
    if (from.size() != 1) {
      throw new BadMailException(
          "must be exactly one 'from' address (got: %d)".formatted(from.size()));
    }
    List<String> to = Addresses.parse("to", expansion.of("execute 'to' template", templates.to()));
    StringBuilder out = new StringBuilder();
    headers(out, expansion);
    ZonedDateTime date = now.atZone(zone);
    if (!templates.headers().containsKey("Message-Id")) {
      header(out, "Message-Id", messageId(now));
    }
    if (threading != Threading.OFF) {
      String root = ThreadRoot.of(threading, notification.groupKey(), date.toLocalDate());
      header(out, "References", root);
      header(out, "In-Reply-To", root);
    }
    if (!templates.headers().containsKey("Date")) {
      header(out, "Date", DATE.format(date));
    }
    String boundary = "=_%016x%016x".formatted(random.nextLong(), random.nextLong());
    header(out, "MIME-Version", "1.0");
    header(out, "Content-Type", "multipart/alternative; boundary=\"%s\"".formatted(boundary));
    out.append(END);
    part(out, boundary, "plain", expansion.of("execute text template", templates.text()));
    part(out, boundary, "html", expansion.of("execute html template", templates.html()));
    out.append("--").append(boundary).append("--").append(END);
    return new ComposedMail(from.getFirst(), to, out.toString());
  }

  private record Expansion(NotificationData data, TemplateContext context) {
    String of(String what, Template template) throws BadMailException {
      try {
        return template.expand(data, context);
      } catch (NarthexException e) {
        throw new BadMailException("%s: %s".formatted(what, e.getMessage()));
      }
    }

    Optional<String> of(String what, Optional<Template> template) throws BadMailException {
      return template.isEmpty() ? Optional.empty() : Optional.of(of(what, template.get()));
    }
  }

  private void headers(StringBuilder out, Expansion expansion) throws BadMailException {
    for (Map.Entry<String, Template> header : templates.headers().entrySet()) {
      String name = header.getKey();
      String value =
          expansion.of("execute \"%s\" header template".formatted(name), header.getValue());
      header(
          out,
          name,
          OF_ADDRESSES.contains(name) ? Addresses.header(value) : EncodedWords.of(value));
    }
  }

  private static void header(StringBuilder out, String name, String value) {
    out.append(name).append(": ").append(value).append(END);
  }

  private String messageId(Instant now) {
    long nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    return "<%d.%s@%s>".formatted(nanos, Long.toUnsignedString(random.nextLong()), hostname);
  }

  private static void part(
      StringBuilder out, String boundary, String subtype, Optional<String> text) {
    if (text.isPresent()) {
      out.append("--").append(boundary).append(END);
      header(out, "Content-Transfer-Encoding", "quoted-printable");
      header(out, "Content-Type", "text/%s; charset=UTF-8".formatted(subtype));
      out.append(END).append(QuotedPrintable.of(text.get())).append(END);
    }
  }
}
