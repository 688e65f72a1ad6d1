package io.narthex.api.error;

/** What kind of fault an error is; decides what the caller may do, and the status over HTTP. */
public enum ErrorKind {
  /** The request, expression or file is wrong; repeating it will not help. */
  BAD_DATA,
  /** The request is well formed but cannot be carried out on this data. */
  EXECUTION,
  /** There is no such thing. */
  NOT_FOUND,
  /** A time limit passed. */
  TIMEOUT,
  /** The caller, an operator or a stopping bundle gave up on it. */
  CANCELED,
  /** A limit on memory, size or number was reached. */
  RESOURCES,
  /** A part that is needed is not there now; repeating it later may help. */
  UNAVAILABLE,
  /** A fault in Narthex or a plug-in. */
  INTERNAL
}
