package io.narthex.launcher;

/** Why the process cannot start: one line for the user, and the exit status. */
final class StartFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** The command line is wrong (upstream exits with 2 as well). */
  static final int USAGE = 2;

  /** Anything else. */
  static final int FAILED = 1;

  private final int exitStatus;

  StartFailure(int exitStatus, String message) {
    super(message);
    this.exitStatus = exitStatus;
  }

  int exitStatus() {
    return exitStatus;
  }
}
