package io.narthex.spi.log;

import java.util.List;
import java.util.Optional;

/**
 * What a reading handed over, and what it could not.
 *
 * @param count of the documents that were handed over
 * @param lost what had gone since the reader was behind its budget; it lies before these documents.
 *     Said until a position behind it is committed, once for each opening
 * @param problems what could not be read, for people
 */
public record ReadDocuments(int count, Optional<Lost> lost, List<String> problems) {
  /** Takes over a list of problems. */
  public ReadDocuments {
    problems = List.copyOf(problems);
  }

  /**
   * Documents that a reader never got.
   *
   * @param after the last document that it had, or the start
   * @param upTo the last document that is gone
   */
  public record Lost(Position after, Position upTo) {}
}
