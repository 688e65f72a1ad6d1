package io.narthex.config.internal.prometheus;

import io.narthex.api.config.PrometheusConfig;
import java.util.List;

/**
 * A configuration that was read.
 *
 * @param notActedOn keys of the files that this version does not act on, each with its place
 */
public record Loaded(PrometheusConfig config, List<String> notActedOn) {
  /** Copies the list. */
  public Loaded {
    notActedOn = List.copyOf(notActedOn);
  }
}
