package io.narthex.alerting.internal.config;

import java.util.List;

/**
 * What came of a file.
 *
 * @param notActedOn keys of the file that this version does not act on, each with its place
 */
public record Loaded(AlertmanagerConfig config, List<String> notActedOn) {
  /** Copies the list. */
  public Loaded {
    notActedOn = List.copyOf(notActedOn);
  }
}
