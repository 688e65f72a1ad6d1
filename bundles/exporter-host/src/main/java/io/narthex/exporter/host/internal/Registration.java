package io.narthex.exporter.host.internal;

import io.narthex.spi.exporter.Exporter;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Constants;
import org.osgi.service.component.ComponentServiceObjects;

/**
 * An exporter's registration as a service. The best of several with one name is the first in
 * natural order: the highest ranking, then the oldest.
 *
 * @param interval as given, not yet read
 */
record Registration(
    String name,
    Optional<String> interval,
    int ranking,
    long serviceId,
    ComponentServiceObjects<Exporter> exporter)
    implements Comparable<Registration> {
  private static final Comparator<Registration> BEST_FIRST =
      Comparator.comparingInt(Registration::ranking)
          .reversed()
          .thenComparingLong(Registration::serviceId);

  /** Reads the service properties; an unusable name is an exception that says why. */
  static Registration of(
      ComponentServiceObjects<Exporter> exporter, Map<String, Object> properties) {
    Object name = properties.get(Exporter.NAME);
    if (!(name instanceof String text) || !text.matches("[A-Za-z0-9_-]{1,128}")) {
      throw new IllegalArgumentException(
          "the service property %s has to be a text of letters, digits, _ and -, got %s"
              .formatted(Exporter.NAME, name == null ? "nothing" : "\"%s\"".formatted(name)));
    }
    Optional<String> interval =
        Optional.ofNullable(properties.get(Exporter.INTERVAL)).map(Object::toString);
    int ranking = properties.get(Constants.SERVICE_RANKING) instanceof Integer given ? given : 0;
    return new Registration(text, interval, ranking, serviceId(properties), exporter);
  }

  static long serviceId(Map<String, Object> properties) {
    if (properties.get(Constants.SERVICE_ID) instanceof Long id) {
      return id;
    }
    throw new IllegalArgumentException("every service has a service.id, got " + properties);
  }

  @Override
  public int compareTo(Registration other) {
    return BEST_FIRST.compare(this, other);
  }
}
