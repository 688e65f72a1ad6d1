package io.narthex.notifier.email.internal.smtp;

import io.narthex.api.http.SecretSource;
import io.narthex.notifier.email.internal.settings.Credentials;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Says who we are, by the first mechanism in the server's order for which there is a secret, as
 * upstream does.
 */
final class Authentication {
  private static final int CHALLENGE = 334;
  private static final int ACCEPTED = 235;
  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "::1");

  private final SteppedTransport transport;
  private final Credentials credentials;
  private final boolean mayShowPassword;

  /**
   * Prepares.
   *
   * @param encrypted whether TLS is spoken
   * @param host whom we talk to
   */
  Authentication(
      SteppedTransport transport, Credentials credentials, boolean encrypted, String host) {
    this.transport = transport;
    this.credentials = credentials;
    this.mayShowPassword = encrypted || LOCAL.contains(host);
  }

  /** Does nothing if there is no user, or the server does not ask. */
  void run() throws MessagingException, SmtpException {
    if (credentials.username().isEmpty() || !transport.supportsExtension("AUTH")) {
      return;
    }
    String offered = transport.getExtensionParameter("AUTH");
    List<String> problems = new ArrayList<>();
    for (String mechanism : (offered == null ? "" : offered.strip()).split(" +")) {
      Optional<SecretSource> source =
          switch (mechanism) {
            case "CRAM-MD5" -> credentials.secret();
            case "PLAIN", "LOGIN" -> credentials.password();
            default -> Optional.empty();
          };
      try {
        String secret = source.isEmpty() ? "" : read(source.get());
        if (!secret.isEmpty()) {
          with(mechanism, secret);
          return;
        }
        problems.add(missing(mechanism));
      } catch (IOException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    throw SmtpException.passing("find auth mechanism: " + String.join("\n", problems));
  }

  private static String missing(String mechanism) {
    return switch (mechanism) {
      case "CRAM-MD5" -> "missing secret for CRAM-MD5 auth mechanism";
      case "PLAIN", "LOGIN" -> "missing password for %s auth mechanism".formatted(mechanism);
      default -> "unknown auth mechanism: " + mechanism;
    };
  }

  private static String read(SecretSource source) throws IOException {
    return switch (source) {
      case SecretSource.Inline inline -> inline.secret().reveal();
      case SecretSource.InFile inFile -> {
        try {
          yield Files.readString(inFile.file()).strip();
        } catch (NoSuchFileException e) {
          throw new IOException(
              "could not read %1$s: open %1$s: no such file or directory".formatted(inFile.file()),
              e);
        } catch (IOException e) {
          throw new IOException("could not read %s: %s".formatted(inFile.file(), e), e);
        }
      }
    };
  }

  private void with(String mechanism, String secret) throws MessagingException, SmtpException {
    String user = credentials.username();
    switch (mechanism) {
      case "CRAM-MD5" ->
          exchange("*smtp.cramMD5Auth", "AUTH CRAM-MD5", c -> user + " " + digest(secret, c));
      case "PLAIN" -> {
        if (!mayShowPassword) {
          throw SmtpException.passing("*smtp.plainAuth auth: unencrypted connection");
        }
        String all = credentials.identity() + "\0" + user + "\0" + secret;
        exchange("*smtp.plainAuth", "AUTH PLAIN " + encoded(all), c -> null);
      }
      default ->
          exchange(
              "*email.loginAuth",
              "AUTH LOGIN",
              c ->
                  switch (c.toLowerCase(Locale.ROOT)) {
                    case "username:" -> user;
                    case "password:" -> secret;
                    default -> null;
                  });
    }
  }

  @FunctionalInterface
  private interface Answers {
    /** What is said to the challenge; null: it makes no sense. */
    @Nullable String to(String challenge);
  }

  /** A conversation; upstream names the mechanism by its type. */
  private void exchange(String type, String command, Answers answers)
      throws MessagingException, SmtpException {
    int code = transport.simpleCommand(command);
    while (code == CHALLENGE) {
      String answer = answers.to(decoded(transport.reply().text()));
      if (answer == null) {
        transport.simpleCommand("*");
        throw SmtpException.passing(type + " auth: unexpected server challenge");
      }
      code = transport.simpleCommand(encoded(answer));
    }
    if (code != ACCEPTED) {
      throw SmtpException.passing("%s auth: %s".formatted(type, transport.reply().words()));
    }
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String text) {
    try {
      return new String(Base64.getDecoder().decode(text.strip()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String digest(String secret, String challenge) {
    try {
      Mac mac = Mac.getInstance("HmacMD5");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacMD5"));
      return HexFormat.of().formatHex(mac.doFinal(challenge.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacMD5", e);
    }
  }
}
