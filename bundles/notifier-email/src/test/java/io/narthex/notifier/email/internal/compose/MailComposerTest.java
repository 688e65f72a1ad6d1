package io.narthex.notifier.email.internal.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.template.Template;
import io.narthex.api.template.TemplateSource;
import io.narthex.notifier.email.internal.settings.MailTemplates;
import io.narthex.notifier.email.internal.settings.Threading;
import io.narthex.spi.notify.Notification;
import io.narthex.tck.notify.Notifications;
import io.narthex.tck.notify.PathTemplates;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailComposerTest {
  private static final Instant NOW = Instant.parse("2026-11-05T23:30:00.001Z");

  private final Map<String, Template> headers = new LinkedHashMap<>();
  private Template from = text("n@example.org");
  private Template to = text("a@example.org");
  private Optional<Template> plain = Optional.empty();
  private Optional<Template> html = Optional.of(html("<p>{{ .Status }} größe</p>"));
  private Threading threading = Threading.OFF;

  private static Template text(String text) {
    return PathTemplates.withDefaults().text(new TemplateSource("", text));
  }

  private static Template html(String text) {
    return PathTemplates.withDefaults().html(new TemplateSource("", text));
  }

  private ComposedMail compose(Notification notification) throws BadMailException {
    MailTemplates templates = new MailTemplates(from, to, headers, plain, html);
    return new MailComposer(templates, threading, "host", ZoneId.of("Europe/Berlin"), new Random(1))
        .compose(notification, NOW);
  }

  private String content() throws BadMailException {
    return compose(Notifications.firing("Down"))
        .content()
        .replaceAll("=_[0-9a-f]{32}", "BOUNDARY")
        .replaceAll("<([0-9]+)\\.[0-9]+@", "<$1.RANDOM@")
        .replace("\r\n", "\n");
  }

  @Test
  void writesHeadersAndBothParts() throws BadMailException {
    headers.put("Subject", text("[{{ .Status }}] größe"));
    headers.put("From", from);
    headers.put("X-Plain", text("{{ .GroupLabels.alertname }}"));
    plain = Optional.of(text("it is\n{{ .CommonAnnotations.summary }} = 1 "));
    assertThat(content())
        .isEqualTo(
            """
            Subject: =?utf-8?q?[firing]_gr=C3=B6=C3=9Fe?=
            From: n@example.org
            X-Plain: Down
            Message-Id: <1793921400001000000.RANDOM@host>
            Date: Fri, 06 Nov 2026 00:30:00 +0100
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary="BOUNDARY"

            --BOUNDARY
            Content-Transfer-Encoding: quoted-printable
            Content-Type: text/plain; charset=UTF-8

            it is
            it is down =3D 1=20
            --BOUNDARY
            Content-Transfer-Encoding: quoted-printable
            Content-Type: text/html; charset=UTF-8

            <p>firing gr=C3=B6=C3=9Fe</p>
            --BOUNDARY--
            """);
  }

  @Test
  void eachBoundaryAndIdIsAnother() throws BadMailException {
    MailComposer composer =
        new MailComposer(
            new MailTemplates(from, to, headers, plain, html),
            threading,
            "host",
            ZoneId.of("UTC"),
            new Random(1));
    String one = composer.compose(Notifications.firing("Down"), NOW).content();
    String two = composer.compose(Notifications.firing("Down"), NOW).content();
    assertThat(one.lines().filter(l -> l.startsWith("Message-Id")).toList())
        .isNotEqualTo(two.lines().filter(l -> l.startsWith("Message-Id")).toList());
    assertThat(one.lines().filter(l -> l.contains("boundary")).toList())
        .isNotEqualTo(two.lines().filter(l -> l.contains("boundary")).toList());
  }

  @ParameterizedTest
  @CsvSource({"BY_GROUP,''", "BY_GROUP_AND_DAY,2026-11-06"})
  void mailsOfAGroupAnswerTheSameRoot(Threading threading, String day) throws BadMailException {
    this.threading = threading;
    String root = "<alert-af94c9e8f6a30436-%s@alertmanager>".formatted(day);
    assertThat(content()).contains("References: " + root + "\n", "In-Reply-To: " + root + "\n");
  }

  @Test
  void ownIdsAndDatesReplaceOurs() throws BadMailException {
    headers.put("Message-Id", text("<mine@x>"));
    headers.put("Date", text("today"));
    assertThat(content().lines().filter(l -> l.startsWith("Message-Id") || l.startsWith("Date")))
        .containsExactly("Message-Id: <mine@x>", "Date: today");
  }

  @Test
  void recipientsAreThoseOfToWhateverTheHeaderSays() throws BadMailException {
    to = text("{{ .GroupLabels.alertname }} <a@example.org>, b@example.org");
    headers.put("To", text("others@example.org"));
    ComposedMail mail = compose(Notifications.firing("Down"));
    assertThat(mail.from()).isEqualTo("n@example.org");
    assertThat(mail.to()).containsExactly("a@example.org", "b@example.org");
    assertThat(mail.content()).contains("To: others@example.org\r\n");
  }

  private void failsWith(String message) {
    assertThatThrownBy(() -> compose(Notifications.firing("Down")))
        .isInstanceOf(BadMailException.class)
        .hasMessageContaining(message);
  }

  @Test
  void whatCannotBeExpandedIsNamed() {
    from = text("{{ .No }}");
    failsWith("execute 'from' template: template: ");
    from = text("n@example.org, m@example.org");
    failsWith("must be exactly one 'from' address (got: 2)");
    from = text("n");
    failsWith("parse 'from' addresses: mail: ");
    from = text("n@example.org");
    to = text("{{ .No }}");
    failsWith("execute 'to' template: template: ");
    to = text("{{ .GroupLabels.none }}");
    failsWith("parse 'to' addresses: mail: ");
    to = text("a@example.org");
    headers.put("X-A", text("{{ .No }}"));
    failsWith("execute \"X-A\" header template: template: ");
    headers.clear();
    plain = Optional.of(text("{{ .No }}"));
    failsWith("execute text template: template: ");
    plain = Optional.empty();
    html = Optional.of(html("{{ template \"none\" . }}"));
    failsWith("execute html template: template: : template \"none\" not defined");
  }

  @Test
  void anyNotificationGivesLinesOfAscii() throws BadMailException {
    headers.put("Subject", text("{{ .CommonAnnotations.summary }}"));
    plain = Optional.of(text("{{ .CommonAnnotations.summary }}"));
    for (Notification notification : Notifications.hard()) {
      String content = compose(notification).content();
      assertThat(content).matches("([^\r\n\\x80-\\x{10ffff}]{0,998}\r\n)*");
      String head = content.substring(0, content.indexOf("\r\n\r\n")).replace("\r\n ", "");
      assertThat(head.lines().map(line -> line.replaceAll(":.*", "")))
          .containsExactly("Subject", "Message-Id", "Date", "MIME-Version", "Content-Type");
    }
  }
}
