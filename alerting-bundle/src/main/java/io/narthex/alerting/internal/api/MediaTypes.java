package io.narthex.alerting.internal.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What requests may send, and may want to get: JSON. */
final class MediaTypes {
  private static final String JSON = "application/json";
  private static final Set<String> ACCEPTED = Set.of(JSON, "application/*", "*/*");

  private MediaTypes() {}

  /** The refusal of a body that is something else. */
  static Optional<Answer> refusedBody(@Nullable String contentType) {
    String type = contentType == null ? "application/octet-stream" : bare(contentType);
    return type.equals(JSON)
        ? Optional.empty()
        : Optional.of(
            Answer.error(
                415, "unsupported media type \"%s\", only [%s] are allowed".formatted(type, JSON)));
  }

  /** The refusal of a request that wants something else. */
  static Optional<Answer> refusedWish(@Nullable String accept) {
    boolean served =
        accept == null
            || accept.isBlank()
            || Arrays.stream(accept.split(",", -1)).anyMatch(t -> ACCEPTED.contains(bare(t)));
    return served
        ? Optional.empty()
        : Optional.of(
            Answer.error(
                406, "unsupported media type requested, only [%s] are available".formatted(JSON)));
  }

  /** Without parameters. */
  private static String bare(String type) {
    return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
