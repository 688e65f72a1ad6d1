package io.narthex.exporter.host.internal;

import io.narthex.api.error.ErrorCode;
import io.narthex.api.exporter.ExporterErrors;

/** What an exporter is told that hands over something that is no metric, or too much. */
final class RefusedMetricException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient ErrorCode code;

  private RefusedMetricException(ErrorCode code, String message) {
    super(message);
    this.code = code;
  }

  static RefusedMetricException bad(String message) {
    return new RefusedMetricException(ExporterErrors.BAD_METRIC, message);
  }

  static RefusedMetricException tooLarge(int limit) {
    return new RefusedMetricException(
        ExporterErrors.TOO_LARGE,
        "the metrics of one collection are more than %d bytes of text".formatted(limit));
  }

  ErrorCode code() {
    return code;
  }
}
