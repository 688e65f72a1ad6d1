package io.narthex.api.section;

/** One thing that is wrong with a file: where, and what. */
public record Problem(Position position, String message) {
  /** As it is shown: {@code prometheus.yml:14:5: message}. */
  public String describe(String file) {
    return "%s:%d:%d: %s".formatted(file, position.line(), position.column(), message);
  }
}
