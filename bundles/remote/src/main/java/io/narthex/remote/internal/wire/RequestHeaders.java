package io.narthex.remote.internal.wire;

import org.jspecify.annotations.Nullable;

/** Says whether the headers announce a message that is taken here, with upstream's texts. */
public final class RequestHeaders {
  private static final String MEDIA_TYPE = "application/x-protobuf";
  private static final String VERSION_1 = "prometheus.WriteRequest";
  private static final String VERSION_2 = "io.prometheus.write.v2.Request";

  private RequestHeaders() {}

  /**
   * Checks both headers; one that is missing stands for what is taken.
   *
   * @throws RefusedRequestException with status 415
   */
  public static void check(@Nullable String contentEncoding, @Nullable String contentType)
      throws RefusedRequestException {
    if (contentEncoding != null
        && !contentEncoding.isEmpty()
        && !contentEncoding.equals("snappy")) {
      throw RefusedRequestException.unsupported(
          "%s encoding (compression) is not accepted by this server; only snappy is acceptable"
              .formatted(contentEncoding));
    }
    if (contentType != null && !contentType.isEmpty()) {
      checkType(contentType.strip());
    }
  }

  private static void checkType(String contentType) throws RefusedRequestException {
    String[] parts = contentType.split(";", -1);
    if (!parts[0].equals(MEDIA_TYPE)) {
      throw RefusedRequestException.unsupported(
          "expected %s as the first (media) part, got %s content-type"
              .formatted(MEDIA_TYPE, contentType));
    }
    for (int i = 1; i < parts.length; i++) {
      String[] pair = parts[i].split("=", -1);
      if (pair.length != 2) {
        throw RefusedRequestException.unsupported(
            "as per https://www.rfc-editor.org/rfc/rfc9110#parameter expected parameters to be"
                + " key-values, got %s in %s content-type".formatted(parts[i], contentType));
      }
      // Unlike upstream, a blank before the name does not hide which message it is.
      if (pair[0].strip().equals("proto")) {
        checkMessage(pair[1].strip(), contentType);
        return;
      }
    }
  }

  private static void checkMessage(String message, String contentType)
      throws RefusedRequestException {
    if (message.equals(VERSION_2)) {
      throw RefusedRequestException.unsupported(
          "%s protobuf message is not accepted by this server; only accepts %s"
              .formatted(VERSION_2, VERSION_1));
    }
    if (!message.equals(VERSION_1)) {
      throw RefusedRequestException.unsupported(
          "got %s content type; unknown type for remote write protobuf message %s, supported: %s"
              .formatted(contentType, message, VERSION_1));
    }
  }
}
