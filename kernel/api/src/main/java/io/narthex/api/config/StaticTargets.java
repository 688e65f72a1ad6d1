package io.narthex.api.config;

import io.narthex.api.model.Labels;
import java.util.List;

/** One entry of {@code static_configs}: addresses (host:port) and the labels they share. */
public record StaticTargets(List<String> targets, Labels labels) {
  /** Copies the list. */
  public StaticTargets {
    targets = List.copyOf(targets);
  }
}
