package io.narthex.notifier.email.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.notifier.email.internal.SmtpServer.Verb;
import io.narthex.spi.notify.Delivery;
import io.narthex.spi.notify.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAuthTest {
  @TempDir private Path folder;
  private SmtpServer server;
  private EmailTrial trial;

  @BeforeEach
  void start() throws IOException {
    server = SmtpServer.plain();
    trial =
        new EmailTrial("127.0.0.1", server.port())
            .with("require_tls", false)
            .with("auth_username", SmtpServer.USER);
  }

  @AfterEach
  void stop() throws IOException {
    trial.close();
    server.close();
  }

  private void offers(String mechanisms) {
    server.extensions = List.of(("AUTH " + mechanisms).strip());
  }

  private void password() {
    trial.with("auth_password", SmtpServer.PASSWORD);
  }

  private void secret() {
    trial.with("auth_secret", SmtpServer.PASSWORD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PLAIN", "LOGIN", "CRAM-MD5"})
  void speaksEachMechanism(String mechanism) throws Exception {
    offers(mechanism);
    password();
    secret();
    trial.delivers();
    assertThat(server.mails.getFirst().auth()).isEqualTo(mechanism);
  }

  @ParameterizedTest
  @CsvSource({
    "PLAIN LOGIN CRAM-MD5,PLAIN",
    "LOGIN PLAIN,LOGIN",
    "CRAM-MD5 PLAIN,CRAM-MD5",
    "GSSAPI XOAUTH2 LOGIN,LOGIN"
  })
  void takesTheFirstInTheServersOrder(String offered, String taken) throws Exception {
    offers(offered);
    password();
    secret();
    trial.delivers();
    assertThat(server.mails.getFirst().auth()).isEqualTo(taken);
  }

  @Test
  void leavesOutThoseWithoutASecret() throws Exception {
    offers("CRAM-MD5 PLAIN");
    password();
    trial.delivers();
    assertThat(server.mails.getFirst().auth()).isEqualTo("PLAIN");
  }

  @Test
  void actsForSomebodyElseIfAsked() throws Exception {
    offers("PLAIN");
    password();
    trial.with("auth_identity", "other").delivers();
    assertThat(server.commands).contains("AUTH PLAIN b3RoZXIAbW9uaXRvcgBwYXNzIHdvcmQ=");
  }

  @Test
  void secretsMayStandInFiles() throws Exception {
    offers("LOGIN");
    Path file = Files.writeString(folder.resolve("p"), SmtpServer.PASSWORD + "\n");
    trial.with("auth_password_file", file).delivers();
    assertThat(server.mails).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PLAIN|find auth mechanism: missing password for PLAIN auth mechanism",
        "LOGIN|find auth mechanism: missing password for LOGIN auth mechanism",
        "CRAM-MD5|find auth mechanism: missing secret for CRAM-MD5 auth mechanism",
        "GSSAPI|find auth mechanism: unknown auth mechanism: GSSAPI",
        "GSSAPI PLAIN|find auth mechanism: unknown auth mechanism: GSSAPI\\n"
            + "missing password for PLAIN auth mechanism",
        "''|find auth mechanism: unknown auth mechanism: ''"
      })
  void withoutASecretNothingIsSent(String offered, String message) throws Exception {
    offers(offered.replace("''", ""));
    assertThat(trial.fails())
        .isEqualTo(
            new Delivery.Failed(
                FailureReason.OTHER, true, message.replace("\\n", "\n").replace("''", "")));
    assertThat(server.mails).isEmpty();
  }

  @Test
  void aFileThatIsNotThereIsNamed() throws Exception {
    offers("PLAIN");
    Path file = folder.resolve("none");
    assertThat(trial.with("auth_password_file", file).fails().message())
        .isEqualTo(
            "find auth mechanism: could not read %1$s: open %1$s: no such file or directory"
                .formatted(file));
  }

  @ParameterizedTest
  @CsvSource({
    "PLAIN,*smtp.plainAuth auth: 535 5.7.8 no such user",
    "LOGIN,*email.loginAuth auth: 535 5.7.8 no such user",
    "CRAM-MD5,*smtp.cramMD5Auth auth: 535 5.7.8 no such user"
  })
  void aWrongPasswordIsRefused(String mechanism, String message) throws Exception {
    offers(mechanism);
    trial.with("auth_password", "s3cret").with("auth_secret", "s3cret");
    assertThat(trial.fails()).isEqualTo(new Delivery.Failed(FailureReason.OTHER, true, message));
  }

  @Test
  void aServerMayRefuseARightPasswordToo() throws Exception {
    offers("PLAIN");
    password();
    server.answers.put(Verb.AUTH, "454 later");
    assertThat(trial.fails().message()).isEqualTo("*smtp.plainAuth auth: 454 later");
  }

  @Test
  void withoutAUserOrAnOfferNobodySaysWhoTheyAre() throws Exception {
    password();
    trial.delivers();
    offers("PLAIN");
    trial.with("auth_username", "").delivers();
    assertThat(server.commands).noneMatch(command -> command.startsWith("AUTH"));
  }
}
