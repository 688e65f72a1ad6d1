package io.narthex.api.template;

import io.narthex.api.error.ErrorCode;
import io.narthex.api.error.ErrorKind;

/** The codes of the errors of templates. */
public final class TemplateErrors {
  /** The text is no template, or uses a function or form that is not there. */
  public static final ErrorCode PARSE = new ErrorCode("template/parse", ErrorKind.BAD_DATA);

  /** The template could not be expanded with this data. */
  public static final ErrorCode EXECUTE = new ErrorCode("template/execute", ErrorKind.EXECUTION);

  private TemplateErrors() {}
}
