package io.narthex.notifier.webhook.internal;

import io.narthex.api.error.NarthexException;
import io.narthex.api.http.HttpErrors;
import io.narthex.spi.notify.Delivery;
import io.narthex.spi.notify.FailureReason;
import java.time.Duration;
import java.util.regex.Pattern;

/** Says in upstream's words why a delivery failed, without the URL. */
final class FailureWords {
  private static final Pattern OPERATION = Pattern.compile("^[A-Z][a-z]* \"[^\"]*\": ");
  private static final String REDACTED = "Post \"<redacted>\": ";

  private FailureWords() {}

  /** The server answered, but not with a status of success. */
  static Delivery.Failed status(int status, String body) {
    String message = "unexpected status code " + status;
    return new Delivery.Failed(
        reason(status), status / 100 == 5, body.isEmpty() ? message : message + ": " + body);
  }

  private static FailureReason reason(int status) {
    return switch (status) {
      case 401, 403 -> FailureReason.AUTH_ERROR;
      case 429 -> FailureReason.RATE_LIMITED;
      default ->
          switch (status / 100) {
            case 4 -> FailureReason.CLIENT_ERROR;
            case 5 -> FailureReason.SERVER_ERROR;
            default -> FailureReason.OTHER;
          };
    };
  }

  /**
   * There was no answer.
   *
   * @param timeout what the configuration allows; 0: nothing is said
   */
  static Delivery.Failed noAnswer(Throwable failure, Duration timeout) {
    if (failure instanceof NarthexException e && e.code().equals(HttpErrors.TIMEOUT)) {
      return timedOut(timeout);
    }
    String message = String.valueOf(failure.getMessage());
    return new Delivery.Failed(
        FailureReason.OTHER, true, REDACTED + OPERATION.matcher(message).replaceFirst(""));
  }

  static Delivery.Failed timedOut(Duration timeout) {
    String why =
        timeout.isZero()
            ? "context deadline exceeded"
            : "configured webhook timeout reached (%s)".formatted(goDuration(timeout));
    return new Delivery.Failed(FailureReason.CONTEXT_DEADLINE_EXCEEDED, true, REDACTED + why);
  }

  static Delivery.Failed canceled() {
    return new Delivery.Failed(FailureReason.CONTEXT_CANCELED, true, REDACTED + "context canceled");
  }

  /** As Go prints it: all units below the first that is not 0. */
  static String goDuration(Duration duration) {
    if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
      return duration.toMillis() + "ms";
    }
    StringBuilder out = new StringBuilder();
    if (duration.toHours() > 0) {
      out.append(duration.toHours()).append('h');
    }
    if (duration.toMinutes() > 0) {
      out.append(duration.toMinutesPart()).append('m');
    }
    out.append(duration.toSecondsPart());
    if (duration.toMillisPart() > 0) {
      out.append(("." + "%03d".formatted(duration.toMillisPart())).replaceAll("0+$", ""));
    }
    return out.append('s').toString();
  }
}
