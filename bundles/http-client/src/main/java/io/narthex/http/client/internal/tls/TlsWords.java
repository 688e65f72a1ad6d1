package io.narthex.http.client.internal.tls;

import io.netty.handler.ssl.NotSslRecordException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Says in Go's words why TLS failed. */
public final class TlsWords {
  private static final Pattern ALERT = Pattern.compile("Received fatal alert: ([a-z_0-9]+)");

  /** An HTTP answer in hexadecimal digits, which Netty quotes. */
  private static final String HTTP = "485454502f";

  private static final String NOT_A_RECORD = "not an SSL/TLS record: ";

  /** Go's words where they are not the alert's name with spaces. */
  private static final Map<String, String> ALERTS =
      Map.ofEntries(
          Map.entry("bad_record_mac", "bad record MAC"),
          Map.entry("record_overflow", "record overflow"),
          Map.entry("unsupported_certificate", "unsupported certificate"),
          Map.entry("certificate_revoked", "revoked certificate"),
          Map.entry("certificate_expired", "expired certificate"),
          Map.entry("certificate_unknown", "unknown certificate"),
          Map.entry("unknown_ca", "unknown certificate authority"),
          Map.entry("decode_error", "error decoding message"),
          Map.entry("decrypt_error", "error decrypting message"),
          Map.entry("export_restriction", "export restriction"),
          Map.entry("protocol_version", "protocol version not supported"),
          Map.entry("insufficient_security", "insufficient security level"));

  private TlsWords() {}

  /** Whether the failure is one of TLS. */
  public static boolean isTls(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException) {
        return true;
      }
    }
    return false;
  }

  /** The words. */
  public static String of(Throwable failure) {
    String words = "";
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = Objects.requireNonNullElse(cause.getMessage(), "");
      if (cause instanceof NotSslRecordException) {
        return notTls(message);
      }
      if (cause instanceof CertificateException && message.startsWith("x509: ")) {
        return "tls: failed to verify certificate: " + message;
      }
      if (cause instanceof ClosedChannelException || message.contains("Remote host closed")) {
        return "EOF";
      }
      Matcher alert = ALERT.matcher(message);
      if (alert.find()) {
        return "remote error: tls: " + alert(alert.group(1));
      }
      words = message.isEmpty() ? words : message;
    }
    return other(words);
  }

  private static String notTls(String message) {
    int at = message.indexOf(NOT_A_RECORD);
    return at >= 0 && message.startsWith(HTTP, at + NOT_A_RECORD.length())
        ? "http: server gave HTTP response to HTTPS client"
        : "tls: first record does not look like a TLS handshake";
  }

  private static String alert(String name) {
    return ALERTS.getOrDefault(name, name.replace('_', ' '));
  }

  private static String other(String message) {
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("no appropriate protocol")) {
      return "tls: no supported versions satisfy MinVersion and MaxVersion"
          + " (this runtime speaks TLS 1.2 and newer)";
    }
    if (lower.contains("selected protocol version")) {
      return "tls: server selected unsupported protocol version";
    }
    if (lower.contains("handshake timed out")) {
      return "net/http: TLS handshake timeout";
    }
    return "tls: " + (message.isEmpty() ? "handshake failed" : message);
  }
}
