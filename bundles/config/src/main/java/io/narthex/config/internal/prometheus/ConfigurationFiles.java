package io.narthex.config.internal.prometheus;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The files that a configuration names. */
public interface ConfigurationFiles {
  /**
   * The text of a file.
   *
   * @throws UnreadableFileException if it cannot be read
   */
  String read(Path file) throws UnreadableFileException;

  /** The files that match a pattern, in order; a pattern without wildcards matches what exists. */
  List<Path> matching(String pattern);

  /** Why a file whose content does not matter here cannot be read; empty if it can. */
  default Optional<String> problem(Path file) {
    return Optional.empty();
  }

  /** A file cannot be read; the message says why. */
  final class UnreadableFileException extends Exception {
    private static final long serialVersionUID = 1L;

    /** An error. */
    public UnreadableFileException(String reason) {
      super(reason);
    }
  }
}
