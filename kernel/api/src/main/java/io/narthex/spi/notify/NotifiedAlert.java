package io.narthex.spi.notify;

import io.narthex.api.model.Labels;
import java.time.Instant;
import java.util.Optional;

/**
 * An alert of a notification.
 *
 * @param endsAt when it ended; empty while it fires
 * @param generatorUrl leads to where it comes from, or {@code ""}
 * @param fingerprint upstream's hash of the labels, in 16 hexadecimal digits
 */
public record NotifiedAlert(
    Labels labels,
    Labels annotations,
    Instant startsAt,
    Optional<Instant> endsAt,
    String generatorUrl,
    String fingerprint) {
  /** The status of an alert that fires. */
  public static final String FIRING = "firing";

  /** The status of an alert that ended. */
  public static final String RESOLVED = "resolved";

  /** Whether it fires. */
  public boolean firing() {
    return endsAt.isEmpty();
  }

  /** {@link #FIRING} or {@link #RESOLVED}. */
  public String status() {
    return firing() ? FIRING : RESOLVED;
  }
}
