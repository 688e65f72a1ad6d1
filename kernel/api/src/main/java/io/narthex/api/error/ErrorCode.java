package io.narthex.api.error;

/**
 * Names an error for machines. Each bundle owns the codes that begin with its own name and a slash,
 * for example {@code promql/parse}; a code's meaning never changes.
 */
public record ErrorCode(String name, ErrorKind kind) {
  /** Rejects a name without an owner. */
  public ErrorCode {
    if (!name.matches("[a-z0-9-]+/[a-z0-9-]+")) {
      throw new IllegalArgumentException(
          "an error code is <bundle>/<error> in lower case, got \"%s\"".formatted(name));
    }
  }
}
