package io.narthex.alerting.internal.config;

import io.narthex.api.model.Labels;
import java.util.List;

/**
 * A receiver of notifications.
 *
 * @param labels what it can be found by; {@code name} is always among them
 * @param entries what is told, in upstream's order of kinds
 */
public record Receiver(String name, Labels labels, List<ReceiverEntry> entries) {
  /** Copies the list. */
  public Receiver {
    entries = List.copyOf(entries);
  }
}
