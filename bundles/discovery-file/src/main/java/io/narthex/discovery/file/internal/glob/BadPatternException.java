package io.narthex.discovery.file.internal.glob;

/** A pattern of file names is malformed; the message says where. */
public final class BadPatternException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String problem;

  BadPatternException(String pattern, String problem) {
    super("pattern \"%s\" is malformed: %s".formatted(pattern, problem));
    this.problem = problem;
  }

  /** The same problem, seen as one of the pattern that this is a part of. */
  BadPatternException in(String whole) {
    return new BadPatternException(whole, problem);
  }
}
