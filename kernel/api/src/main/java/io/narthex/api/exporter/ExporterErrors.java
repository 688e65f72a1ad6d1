package io.narthex.api.exporter;

import io.narthex.api.error.ErrorCode;
import io.narthex.api.error.ErrorKind;

/** The codes of the errors that collecting may end with, besides those of the guard. */
public final class ExporterErrors {
  /** No exporter of this name is registered. */
  public static final ErrorCode UNKNOWN = new ErrorCode("exporter/unknown", ErrorKind.NOT_FOUND);

  /** The exporter handed over something that is no metric. */
  public static final ErrorCode BAD_METRIC =
      new ErrorCode("exporter/bad-metric", ErrorKind.INTERNAL);

  /** The exporter handed over more than the limit. */
  public static final ErrorCode TOO_LARGE =
      new ErrorCode("exporter/too-large", ErrorKind.RESOURCES);

  private ExporterErrors() {}
}
