package io.narthex.notifier.email.internal.smtp;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/** Says in Go's words why a conversation failed. */
final class FailureWords {
  private FailureWords() {}

  static SmtpException of(Step step, MessagingException failure, Reply last) {
    for (Throwable e = failure; e != null; e = next(e)) {
      if (e instanceof IOException io) {
        return of(step, io);
      }
      Reply refusal = refusal(e);
      if (refusal != null) {
        return SmtpException.passing(step.words() + ": " + refusal.words());
      }
    }
    return SmtpException.passing(
        step.words()
            + ": "
            + (last.code() == 0 ? String.valueOf(failure.getMessage()) : last.words()));
  }

  private static @Nullable Throwable next(Throwable e) {
    return e instanceof MessagingException mail && mail.getNextException() != null
        ? mail.getNextException()
        : e.getCause();
  }

  private static @Nullable Reply refusal(Throwable e) {
    return switch (e) {
      case SMTPAddressFailedException address ->
          Reply.of(address.getReturnCode(), address.getMessage());
      case SMTPSenderFailedException sender ->
          Reply.of(sender.getReturnCode(), sender.getMessage());
      case SMTPSendFailedException send -> Reply.of(send.getReturnCode(), send.getMessage());
      default -> null;
    };
  }

  static SmtpException of(Step step, IOException failure) {
    String message = step.words() + ": " + words(failure);
    return isTimeout(failure) ? SmtpException.tooLate(message) : SmtpException.passing(message);
  }

  private static boolean isTimeout(Throwable failure) {
    return failure instanceof SocketTimeoutException
        || failure.getCause() instanceof SocketTimeoutException;
  }

  private static String words(IOException failure) {
    return switch (failure) {
      case UnknownHostException unknown ->
          "dial tcp: lookup %s: no such host"
              .formatted(String.valueOf(unknown.getMessage()).replaceAll(":.*", ""));
      case Lookups.LookupException lookup ->
          "dial tcp: lookup %s: %s".formatted(lookup.host(), lookup.getMessage());
      case Dialer.DialException dial -> dialing(dial);
      case SocketTimeoutException timeout -> "i/o timeout";
      case SSLException tls -> tls(tls);
      default -> {
        String reason = lower(failure);
        yield reason.equals("connection reset") ? "read: connection reset by peer" : reason;
      }
    };
  }

  private static String dialing(Dialer.DialException dial) {
    String reason =
        dial.getCause() instanceof SocketTimeoutException
            ? "i/o timeout"
            : "connect: " + lower(dial);
    return "dial tcp %s: %s".formatted(dial.address(), reason);
  }

  private static String lower(Throwable failure) {
    String message = failure.getMessage();
    return (message == null ? failure.getClass().getSimpleName() : message)
        .toLowerCase(Locale.ROOT);
  }

  private static String tls(SSLException failure) {
    String message = String.valueOf(failure.getMessage());
    if (message.contains("validity check failed")) {
      return "tls: failed to verify certificate: x509: certificate has expired or is not yet valid";
    }
    if (message.contains("PKIX path")) {
      return "tls: failed to verify certificate: x509: certificate signed by unknown authority";
    }
    if (message.contains("No subject alternative") || message.contains("No name matching")) {
      return "tls: failed to verify certificate: x509: " + message;
    }
    if (message.contains("Unsupported or unrecognized SSL message")) {
      return "tls: first record does not look like a TLS handshake";
    }
    if (message.contains("terminated the handshake") || message.contains("closed connection")) {
      return "EOF";
    }
    return "tls: " + message;
  }
}
