package io.narthex.alerting.internal.interval;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** Time zones by the names that upstream takes. */
final class Zones {
  private Zones() {}

  static Optional<ZoneId> find(String name) {
    return switch (name) {
      case "", "UTC" -> Optional.of(ZoneOffset.UTC);
      case "Local" -> Optional.of(ZoneId.systemDefault());
      default -> region(name).or(() -> fixed(name));
    };
  }

  /** Not {@code ZoneId.of} alone: it takes offsets as well, which upstream does not. */
  private static Optional<ZoneId> region(String name) {
    return ZoneId.getAvailableZoneIds().contains(name)
        ? Optional.of(ZoneId.of(name))
        : Optional.empty();
  }

  /** Names that some releases of the JDK do not have as regions. */
  private static Optional<ZoneId> fixed(String name) {
    return switch (name) {
      case "EST" -> Optional.of(ZoneOffset.ofHours(-5));
      case "MST" -> Optional.of(ZoneOffset.ofHours(-7));
      case "HST" -> Optional.of(ZoneOffset.ofHours(-10));
      default -> Optional.empty();
    };
  }
}
