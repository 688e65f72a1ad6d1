package io.narthex.pushgateway.internal.group;

import io.narthex.api.model.NameValidation;
import io.narthex.pushgateway.internal.exposition.GoQuote;
import io.narthex.pushgateway.internal.exposition.Utf8;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Reads the labels of a group from the path of a request. */
public final class GroupPath {
  private static final String BASE64 = "@base64";

  private GroupPath() {}

  /** A path that names no group; the message is for the client. */
  public static final class BadPathException extends Exception {
    private static final long serialVersionUID = 1L;

    BadPathException(String message) {
      super(message);
    }
  }

  /**
   * Reads the labels.
   *
   * @param job what follows {@code /job/}
   * @param jobInBase64 whether it was {@code /job@base64/}
   * @param rest what follows the job: "", or a slash and names and values between slashes
   */
  public static GroupLabels parse(String job, boolean jobInBase64, String rest)
      throws BadPathException {
    String name = job;
    if (jobInBase64) {
      byte[] decoded = decoded(job);
      int error = errorAt(job);
      if (error >= 0) {
        throw new BadPathException(
            "invalid base64 encoding in job name %s: %s"
                .formatted(GoQuote.quote(decoded, 0, decoded.length), illegal(error)));
      }
      name = text(decoded, "job");
    }
    Map<String, String> labels = labels(rest);
    if (name.isEmpty()) {
      throw new BadPathException("job name is required");
    }
    labels.put("job", name);
    return GroupLabels.of(labels);
  }

  private static Map<String, String> labels(String rest) throws BadPathException {
    Map<String, String> labels = new HashMap<>();
    if (rest.length() <= 1) {
      return labels;
    }
    String[] parts = rest.substring(1).split("/", -1);
    if (parts.length % 2 != 0) {
      throw new BadPathException("odd number of components in label string " + GoQuote.quote(rest));
    }
    for (int i = 0; i < parts.length; i += 2) {
      boolean encoded = parts[i].endsWith(BASE64);
      String name = encoded ? parts[i].substring(0, parts[i].length() - BASE64.length()) : parts[i];
      if (!NameValidation.LEGACY.isLabelName(name) || name.startsWith("__")) {
        throw new BadPathException("improper label name " + GoQuote.quote(name));
      }
      labels.put(name, encoded ? decodedValue(name, parts[i + 1]) : parts[i + 1]);
    }
    return labels;
  }

  private static String decodedValue(String name, String value) throws BadPathException {
    int error = errorAt(value);
    if (error >= 0) {
      throw new BadPathException(
          "invalid base64 encoding for label %s=%s: %s"
              .formatted(name, GoQuote.quote(value), illegal(error)));
    }
    return text(decoded(value), name);
  }

  private static String text(byte[] bytes, String label) throws BadPathException {
    if (!Utf8.isValid(bytes, 0, bytes.length)) {
      throw new BadPathException(
          "the value of the label %s is no UTF-8: %s"
              .formatted(GoQuote.quote(label), GoQuote.quote(bytes, 0, bytes.length)));
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static String illegal(int at) {
    return "illegal base64 data at input byte " + at;
  }

  private static String trimmed(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '=') {
      end--;
    }
    return text.substring(0, end);
  }

  /** Where the text stops to be base64 with the alphabet of URLs; -1 if it does not. */
  private static int errorAt(String text) {
    byte[] bytes = trimmed(text).getBytes(StandardCharsets.UTF_8);
    int digits = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (isNewline(bytes[i])) {
        continue;
      }
      if (digit(bytes[i]) < 0) {
        return i;
      }
      digits++;
    }
    return digits % 4 == 1 ? bytes.length - 1 : -1;
  }

  /** The bytes of the whole groups of digits before the error, or all if there is none. */
  private static byte[] decoded(String text) {
    int error = errorAt(text);
    byte[] bytes = trimmed(text).getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int bits = 0;
    int digits = 0;
    for (int i = 0; i < (error < 0 ? bytes.length : error); i++) {
      if (isNewline(bytes[i])) {
        continue;
      }
      bits = bits << 6 | digit(bytes[i]);
      digits++;
      if (digits % 4 == 0) {
        out.write(bits >> 16);
        out.write(bits >> 8);
        out.write(bits);
      }
    }
    if (error < 0 && digits % 4 >= 2) {
      int left = bits << 6 * (4 - digits % 4);
      out.write(left >> 16);
      if (digits % 4 == 3) {
        out.write(left >> 8);
      }
    }
    return out.toByteArray();
  }

  /** Go passes over them. */
  private static boolean isNewline(byte b) {
    return b == '\n' || b == '\r';
  }

  private static int digit(byte b) {
    if (b >= 'A' && b <= 'Z') {
      return b - 'A';
    }
    if (b >= 'a' && b <= 'z') {
      return b - 'a' + 26;
    }
    if (b >= '0' && b <= '9') {
      return b - '0' + 52;
    }
    return b == '-' ? 62 : b == '_' ? 63 : -1;
  }
}
