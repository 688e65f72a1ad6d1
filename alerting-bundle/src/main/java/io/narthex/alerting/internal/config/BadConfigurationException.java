package io.narthex.alerting.internal.config;

import io.narthex.api.error.ErrorCode;
import io.narthex.api.error.ErrorKind;
import io.narthex.api.error.NarthexException;
import java.util.List;

/** An {@code alertmanager.yml} cannot be used; holds everything that is wrong with it. */
public final class BadConfigurationException extends NarthexException {
  private static final long serialVersionUID = 1L;
  private static final ErrorCode CODE = new ErrorCode("alerting/bad-file", ErrorKind.BAD_DATA);

  private final transient List<String> problems;

  /**
   * An error.
   *
   * @param origin the file's name
   * @param problems what is wrong, each with its place; not empty
   */
  public BadConfigurationException(String origin, List<String> problems) {
    super(
        CODE,
        problems.size() == 1
            ? problems.getFirst()
            : "%s has %d errors, the first is %s"
                .formatted(origin, problems.size(), problems.getFirst()));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, in the order of the file. */
  public List<String> problems() {
    return problems;
  }
}
