package io.narthex.notifier.email.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.notifier.email.internal.SmtpServer.Verb;
import io.narthex.spi.notify.Delivery;
import io.narthex.spi.notify.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailTlsTest {
  @TempDir private static Path folder;
  private static TestCertificate certificate;
  private static TestCertificate other;
  private SmtpServer server;
  private EmailTrial trial;

  @BeforeAll
  static void makeCertificates() throws Exception {
    certificate = TestCertificate.make(folder, "EC", "dns:localhost");
    other = TestCertificate.make(folder, "RSA", "dns:other.example.org");
  }

  @AfterEach
  void stop() throws IOException {
    trial.close();
    server.close();
  }

  private EmailTrial startTls(TestCertificate shown) throws IOException {
    server = new SmtpServer(shown.context(), false);
    server.extensions = List.of("STARTTLS", "AUTH PLAIN");
    trial = new EmailTrial("localhost", server.port());
    return trial;
  }

  private EmailTrial implicit(TestCertificate shown) throws IOException {
    server = new SmtpServer(shown.context(), true);
    trial = new EmailTrial("localhost", server.port()).with("force_implicit_tls", true);
    return trial;
  }

  private static Map<String, Object> trusting(TestCertificate certificate) {
    return Map.of("ca", certificate.certificate());
  }

  @Test
  void nothingIsSaidBeforeTls() throws Exception {
    startTls(certificate)
        .with("tls_config", trusting(certificate))
        .with("auth_username", SmtpServer.USER)
        .with("auth_password", SmtpServer.PASSWORD)
        .delivers();
    assertThat(server.mails.getFirst().tls()).isTrue();
    assertThat(server.mails.getFirst().auth()).isEqualTo("PLAIN");
    assertThat(server.commands).startsWith("EHLO localhost", "STARTTLS", "EHLO localhost");
  }

  @Test
  void implicitTlsBeginsWithIt() throws Exception {
    implicit(certificate).with("tls_config", trusting(certificate)).delivers();
    assertThat(server.mails.getFirst().tls()).isTrue();
    assertThat(server.commands).doesNotContain("STARTTLS");
  }

  @Test
  void theAuthorityMayStandInAFile() throws Exception {
    Path file = Files.writeString(folder.resolve("ca.pem"), certificate.certificate());
    implicit(certificate).with("tls_config", Map.of("ca_file", file)).delivers();
  }

  @Test
  void aServerWithoutStartTlsIsRefused() throws Exception {
    startTls(certificate);
    server.extensions = List.of("SIZE");
    assertThat(trial.fails())
        .isEqualTo(
            new Delivery.Failed(
                FailureReason.OTHER,
                true,
                "'require_tls' is true (default) but \"localhost:%d\" does not advertise the STARTTLS extension"
                    .formatted(server.port())));
    assertThat(server.commands).noneMatch(command -> command.startsWith("MAIL"));
  }

  @Test
  void aRefusedStartTlsSendsNothing() throws Exception {
    startTls(certificate);
    server.answers.put(Verb.STARTTLS, "454 not now");
    assertThat(trial.fails().message()).isEqualTo("send STARTTLS command: 454 not now");
    assertThat(server.commands).noneMatch(command -> command.startsWith("MAIL"));
  }

  @Test
  void tlsIsNotUsedUnlessRequired() throws Exception {
    startTls(certificate).with("require_tls", false).delivers();
    assertThat(server.mails.getFirst().tls()).isFalse();
  }

  @Test
  void passwordsAreNotShownInTheOpen() throws Exception {
    server = SmtpServer.elsewhere();
    server.extensions = List.of("AUTH PLAIN");
    trial =
        new EmailTrial("127.0.0.2", server.port())
            .with("require_tls", false)
            .with("auth_username", SmtpServer.USER)
            .with("auth_password", SmtpServer.PASSWORD);
    assertThat(trial.fails())
        .isEqualTo(
            new Delivery.Failed(
                FailureReason.OTHER, true, "*smtp.plainAuth auth: unencrypted connection"));
    assertThat(server.commands).noneMatch(command -> command.startsWith("AUTH"));
  }

  @Test
  void anUnknownAuthorityIsRefused() throws Exception {
    String message =
        "tls: failed to verify certificate: x509: certificate signed by unknown authority";
    startTls(certificate);
    assertThat(trial.fails().message()).isEqualTo("send STARTTLS command: " + message);
    assertThat(trial.with("tls_config", trusting(other)).fails().message())
        .isEqualTo("send STARTTLS command: " + message);
    stop();
    implicit(certificate);
    assertThat(trial.fails().message()).isEqualTo("establish TLS connection to server: " + message);
    assertThat(server.mails).isEmpty();
  }

  @Test
  void aCertificateForAnotherNameIsRefused() throws Exception {
    startTls(other).with("tls_config", trusting(other));
    assertThat(trial.fails().message())
        .startsWith("send STARTTLS command: tls: failed to verify certificate: x509: ");
    stop();
    implicit(other).with("tls_config", trusting(other));
    assertThat(trial.fails().message())
        .startsWith("establish TLS connection to server: tls: failed to verify certificate: x509:");
  }

  @Test
  void theNameMayBeSaid() throws Exception {
    startTls(other)
        .with("tls_config", Map.of("ca", other.certificate(), "server_name", "other.example.org"))
        .delivers();
    stop();
    startTls(certificate)
        .with(
            "tls_config",
            Map.of("ca", certificate.certificate(), "server_name", "wrong.example.org"));
    assertThat(trial.fails().message()).contains("x509: ");
  }

  @Test
  void anyCertificateIsTakenIfAsked() throws Exception {
    startTls(other).with("tls_config", Map.of("insecure_skip_verify", true)).delivers();
    stop();
    implicit(other).with("tls_config", Map.of("insecure_skip_verify", true)).delivers();
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA"})
  void showsItsOwnCertificate(String algorithm) throws Exception {
    TestCertificate own = TestCertificate.make(folder, algorithm, "dns:localhost");
    startTls(own);
    server.clientMustShowCertificate = true;
    trial
        .with(
            "tls_config",
            Map.of("ca", own.certificate(), "cert", own.certificate(), "key", own.key()))
        .delivers();
  }

  @Test
  void aConfigurationThatCannotBeUsedIsNotTriedAgain() throws Exception {
    startTls(certificate).with("tls_config", Map.of("ca", "no certificate"));
    assertThat(trial.fails())
        .isEqualTo(
            new Delivery.Failed(
                FailureReason.OTHER,
                false,
                "parse TLS configuration: unable to use specified CA cert: it holds no certificate"));
    trial.with("tls_config", Map.of("ca_file", "/no/such/file"));
    assertThat(trial.fails().message())
        .isEqualTo("parse TLS configuration: unable to read CA cert: /no/such/file");
    trial.with("tls_config", Map.of("min_version", "TLS13", "max_version", "TLS12"));
    assertThat(trial.fails().message())
        .isEqualTo("parse TLS configuration: max_version is older than min_version");
    assertThat(server.commands).isEmpty();
  }

  @Test
  void aServerThatDoesNotSpeakTlsIsNamed() throws Exception {
    server = SmtpServer.plain();
    trial = new EmailTrial("localhost", server.port()).with("force_implicit_tls", true);
    assertThat(trial.fails().message())
        .isEqualTo(
            "establish TLS connection to server: tls: first record does not look like a TLS handshake");
  }

  @ParameterizedTest
  @ValueSource(strings = {"MAIL", "BODY"})
  void anInterruptEndsASecureConversationToo(Verb verb) throws Exception {
    startTls(certificate).with("tls_config", trusting(certificate));
    server.hanging.add(verb);
    CompletableFuture<Delivery> delivery = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                delivery.complete(trial.deliver());
              } catch (Throwable e) {
                delivery.completeExceptionally(e);
              }
            });
    thread.start();
    assertThat(server.hangs.await(20, TimeUnit.SECONDS)).isTrue();
    thread.interrupt();
    assertThat(((Delivery.Failed) delivery.get(20, TimeUnit.SECONDS)).reason())
        .isEqualTo(FailureReason.CONTEXT_CANCELED);
    thread.join(Duration.ofSeconds(20));
  }
}
