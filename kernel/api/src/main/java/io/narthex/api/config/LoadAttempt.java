package io.narthex.api.config;

import java.time.Instant;
import java.util.List;

/**
 * How the last attempt to load a configuration went.
 *
 * @param problems why it failed, each with its place; empty: it is in force
 */
public record LoadAttempt(Instant time, List<String> problems) {
  /** Copies the list. */
  public LoadAttempt {
    problems = List.copyOf(problems);
  }

  /** Whether what was loaded is in force. */
  public boolean isSuccessful() {
    return problems.isEmpty();
  }
}
