package io.narthex.alerting.internal.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The files that an {@code alertmanager.yml} names. */
public interface ConfigFiles {
  /**
   * The files that a pattern of {@code templates} matches, in order.
   *
   * @throws IllegalArgumentException if it is no pattern; the message says why
   */
  List<Path> matching(String pattern);

  /** The text of a file. */
  String read(Path file) throws IOException;

  /** Those of this machine. */
  static ConfigFiles local() {
    return new LocalFiles();
  }
}
