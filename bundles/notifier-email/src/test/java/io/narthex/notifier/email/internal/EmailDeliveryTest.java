package io.narthex.notifier.email.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.notifier.email.internal.SmtpServer.Verb;
import io.narthex.spi.notify.Delivery;
import io.narthex.spi.notify.FailureReason;
import io.narthex.spi.notify.Notification;
import io.narthex.spi.notify.Notifier;
import io.narthex.tck.notify.Notifications;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.angus.mail.util.QPDecoderStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EmailDeliveryTest {
  private SmtpServer server;
  private EmailTrial trial;

  @BeforeEach
  void start() throws IOException {
    server = SmtpServer.plain();
    trial = new EmailTrial("127.0.0.1", server.port()).with("require_tls", false);
  }

  @AfterEach
  void stop() throws IOException {
    trial.close();
    server.close();
  }

  @Test
  void aMailArrives() throws Exception {
    trial.with("hello", "me.example.org").with("headers", Map.of("X-Team", "größe")).delivers();
    SmtpServer.Mail mail = server.mails.getFirst();
    assertThat(mail.from()).isEqualTo("n@example.org");
    assertThat(mail.to()).containsExactly("a@example.org");
    assertThat(mail.clientName()).isEqualTo("me.example.org");
    assertThat(mail.tls()).isFalse();
    assertThat(mail.header("From")).isEqualTo("n@example.org");
    assertThat(mail.header("To")).isEqualTo("a@example.org");
    assertThat(mail.header("Subject")).isEqualTo("[firing] alertname=Down");
    assertThat(mail.header("X-Team")).isEqualTo("=?utf-8?q?gr=C3=B6=C3=9Fe?=");
    assertThat(mail.header("Date")).matches("[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} .*");
    assertThat(mail.header("Message-Id")).matches("<\\d+\\.\\d+@[A-Za-z0-9._-]+>");
    assertThat(mail.content()).contains("<p>summary=3Dit is down</p>");
  }

  @Test
  void theConversationIsUpstreams() throws Exception {
    trial.delivers();
    assertThat(server.commands)
        .startsWith(
            "EHLO localhost", "MAIL FROM:<n@example.org>", "RCPT TO:<a@example.org>", "DATA");
  }

  @Test
  void readersOfMailUnderstandIt() throws Exception {
    trial.with("text", "{{ .CommonAnnotations.summary }}");
    try (Notifier notifier = trial.notifier()) {
      for (Notification notification : Notifications.hard()) {
        assertThat(notifier.deliver(notification)).isEqualTo(new Delivery.Done());
      }
    }
    List<Notification> hard = Notifications.hard();
    for (int i = 0; i < hard.size(); i++) {
      String summary = hard.get(i).alerts().getFirst().annotations().get("summary");
      assertThat(plainPart(server.mails.get(i).content()).replace("\r\n", "\n"))
          .isEqualTo(summary.replace("\r\n", "\n"));
    }
  }

  private static String plainPart(String content) throws Exception {
    byte[] bytes = content.getBytes(StandardCharsets.US_ASCII);
    MimeMessage message =
        new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes));
    assertThat(message.getContentType()).startsWith("multipart/alternative");
    String body = content.substring(content.indexOf("\r\n\r\n") + 4);
    String part = body.split("--" + boundary(message) + "(--)?\r\n")[1];
    String encoded = part.substring(part.indexOf("\r\n\r\n") + 4, part.length() - 2);
    try (QPDecoderStream in =
        new QPDecoderStream(
            new ByteArrayInputStream(encoded.getBytes(StandardCharsets.US_ASCII)))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String boundary(MimeMessage message) throws Exception {
    return new ContentType(message.getContentType()).getParameter("boundary");
  }

  @Test
  void severalRecipientsGetOneMail() throws Exception {
    trial.with("to", "a@example.org, Other <b@example.org>").delivers();
    assertThat(server.mails).hasSize(1);
    assertThat(server.mails.getFirst().to()).containsExactly("a@example.org", "b@example.org");
  }

  @Test
  void blindCopiesStayBlind() throws Exception {
    trial
        .with("to", "a@example.org, b@example.org")
        .with("headers", Map.of("To", "a@example.org", "Bcc", "b@example.org"))
        .delivers();
    assertThat(server.mails.getFirst().to()).containsExactly("a@example.org", "b@example.org");
    assertThat(server.mails.getFirst().content()).doesNotContain("b@example.org");
  }

  @Test
  void linesThatAreDotsArriveAsTheyAre() throws Exception {
    trial.with("html", "").with("text", ".\n..\nx\n.\n").delivers();
    assertThat(server.mails.getFirst().content()).contains("\r\n\r\n.\r\n..\r\nx\r\n.\r\n");
  }

  @Test
  void aServerThatOnlyKnowsHeloIsEnough() throws Exception {
    server.answers.put(Verb.EHLO, "502 what?");
    trial.delivers();
    assertThat(server.commands).startsWith("EHLO localhost", "HELO localhost");
  }

  @Test
  void addressesInUtf8AreSentToServersThatTakeThem() throws Exception {
    server.extensions = List.of("SMTPUTF8", "8BITMIME");
    trial.with("to", "größe@example.org").delivers();
    assertThat(server.mails.getFirst().to()).containsExactly("größe@example.org");
    assertThat(server.commands).contains("MAIL FROM:<n@example.org> SMTPUTF8");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GREETING|554 no|create SMTP client: 554 no",
        "MAIL|550 5.7.1 not from you|send MAIL command: 550 5.7.1 not from you",
        "RCPT|550-no such user\\n550 here|send RCPT command: 550 no such user\\nhere",
        "RCPT|451 later|send RCPT command: 451 later",
        "RCPT|421 busy|send RCPT command: 421 busy",
        "DATA|451 later|send DATA command: 451 later",
        "BODY|554 looks like spam|delivery failure: 554 looks like spam"
      })
  void aRefusalIsWordedAsUpstreamDoes(Verb verb, String answer, String message) throws Exception {
    server.answers.put(verb, answer.replace("\\n", "\n"));
    assertThat(trial.fails())
        .isEqualTo(new Delivery.Failed(FailureReason.OTHER, true, message.replace("\\n", "\n")));
    assertThat(server.mails).isEmpty();
  }

  @Test
  void whenOneRecipientIsRefusedNobodyGetsTheMail() throws Exception {
    server.answers.put(Verb.RCPT, "550 no");
    trial.with("to", "a@example.org, b@example.org").fails();
    assertThat(server.commands).doesNotContain("DATA");
  }

  @Test
  void aServerThatKnowsNeitherGreetingIsRefused() throws Exception {
    server.answers.put(Verb.EHLO, "502 what?");
    server.answers.put(Verb.HELO, "550 go away");
    assertThat(trial.fails().message()).isEqualTo("send EHLO command: 550 go away");
  }

  @ParameterizedTest
  @CsvSource({
    "GREETING,create SMTP client: EOF",
    "EHLO,send EHLO command: EOF",
    "MAIL,send MAIL command: EOF",
    "RCPT,send RCPT command: EOF",
    "DATA,send DATA command: EOF",
    "BODY,delivery failure: EOF"
  })
  void aServerThatHangsUpIsTriedAgain(Verb verb, String message) throws Exception {
    server.hangingUp.add(verb);
    assertThat(trial.fails()).isEqualTo(new Delivery.Failed(FailureReason.OTHER, true, message));
  }

  @Test
  void noConnectionIsTriedAgain() throws Exception {
    int port;
    try (ServerSocket taken = new ServerSocket(0)) {
      port = taken.getLocalPort();
    }
    try (EmailTrial other = new EmailTrial("127.0.0.1", port)) {
      assertThat(other.fails())
          .isEqualTo(
              new Delivery.Failed(
                  FailureReason.OTHER,
                  true,
                  "establish connection to server: dial tcp 127.0.0.1:%d: connect: connection refused"
                      .formatted(port)));
      assertThat(other.with("force_implicit_tls", true).fails().message())
          .startsWith("establish TLS connection to server: dial tcp 127.0.0.1:" + port);
    }
  }

  @Test
  void aNameThatIsNoneIsNamed() throws Exception {
    try (EmailTrial other = new EmailTrial("no-such-host.invalid", 25)) {
      assertThat(other.fails().message())
          .isEqualTo(
              "establish connection to server: dial tcp: lookup no-such-host.invalid: no such host");
    }
  }

  @Test
  void aMailThatCannotBeMadeIsNotTriedAgainAndNobodyIsCalled() throws Exception {
    assertThat(trial.with("to", "{{ .GroupLabels.none }}").fails())
        .satisfies(failed -> assertThat(failed.retry()).isFalse())
        .satisfies(failed -> assertThat(failed.message()).startsWith("parse 'to' addresses"));
    assertThat(server.commands).isEmpty();
  }

  @Test
  void whenTheBundleStopsAConversationUnderWayMayEnd() throws Exception {
    server.slow = new CountDownLatch(1);
    try (EmailTrial patient =
        new EmailTrial("127.0.0.1", server.port(), Duration.ofSeconds(20))
            .with("require_tls", false)) {
      CompletableFuture<Delivery> delivery = new CompletableFuture<>();
      new Thread(() -> complete(patient, delivery)).start();
      assertThat(server.slowed.await(20, TimeUnit.SECONDS)).isTrue();
      Thread stop = new Thread(patient.factory::deactivate);
      stop.start();
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (stop.getState() != Thread.State.TIMED_WAITING && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      assertThat(patient.fails())
          .isEqualTo(
              new Delivery.Failed(
                  FailureReason.CONTEXT_CANCELED,
                  true,
                  "establish connection to server: context canceled"));
      server.slow.countDown();
      assertThat(delivery.get(20, TimeUnit.SECONDS)).isEqualTo(new Delivery.Done());
      stop.join(Duration.ofSeconds(10));
      assertThat(stop.isAlive()).isFalse();
    }
    assertThat(server.mails).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Verb.class,
      names = {"GREETING", "EHLO", "MAIL", "RCPT", "DATA", "BODY"})
  void whenTheBundleStopsAConversationThatHangsEnds(Verb verb) throws Exception {
    server.hanging.add(verb);
    CompletableFuture<Delivery> delivery = new CompletableFuture<>();
    Thread thread = new Thread(() -> complete(delivery));
    thread.start();
    assertThat(server.hangs.await(20, TimeUnit.SECONDS)).isTrue();
    trial.factory.deactivate();
    Delivery.Failed failed = (Delivery.Failed) delivery.get(20, TimeUnit.SECONDS);
    assertThat(failed.reason()).isEqualTo(FailureReason.CONTEXT_CANCELED);
    assertThat(failed.retry()).isTrue();
    assertThat(failed.message()).endsWith(": context canceled");
    thread.join(Duration.ofSeconds(20));
    assertThat(trial.fails().reason()).isEqualTo(FailureReason.CONTEXT_CANCELED);
  }

  @ParameterizedTest
  @EnumSource(
      value = Verb.class,
      names = {"GREETING", "EHLO", "MAIL", "RCPT", "DATA", "BODY"})
  void anInterruptEndsAConversationThatHangs(Verb verb) throws Exception {
    server.hanging.add(verb);
    CompletableFuture<Delivery> delivery = new CompletableFuture<>();
    Thread thread = new Thread(() -> complete(delivery));
    thread.start();
    assertThat(server.hangs.await(20, TimeUnit.SECONDS)).isTrue();
    thread.interrupt();
    assertThat(((Delivery.Failed) delivery.get(20, TimeUnit.SECONDS)).reason())
        .isEqualTo(FailureReason.CONTEXT_CANCELED);
    thread.join(Duration.ofSeconds(20));
  }

  private void complete(CompletableFuture<Delivery> delivery) {
    complete(trial, delivery);
  }

  private static void complete(EmailTrial trial, CompletableFuture<Delivery> delivery) {
    try {
      delivery.complete(trial.deliver());
    } catch (Throwable e) {
      delivery.completeExceptionally(e);
    }
  }

  @Test
  void noThreadStays() throws Exception {
    trial.delivers();
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.toLowerCase(Locale.ROOT).contains("mail"));
  }
}
