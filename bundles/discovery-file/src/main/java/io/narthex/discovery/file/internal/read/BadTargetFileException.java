package io.narthex.discovery.file.internal.read;

import io.narthex.api.section.Problem;
import java.util.Comparator;
import java.util.List;

/** A file of target groups cannot be used; holds everything that is wrong with it. */
public final class BadTargetFileException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  BadTargetFileException(List<Problem> problems) {
    super(problems.getFirst().message());
    this.problems =
        problems.stream()
            .distinct()
            .sorted(
                Comparator.comparing((Problem p) -> p.position().line())
                    .thenComparing(p -> p.position().column()))
            .toList();
  }

  /** What is wrong, in the order of the file. */
  public List<Problem> problems() {
    return problems;
  }
}
