package io.narthex.discovery.core.internal.mechanism;

import io.narthex.spi.discovery.DiscoveryFactory;
import java.util.Comparator;
import java.util.Map;
import org.osgi.framework.Constants;
import org.osgi.service.component.ComponentServiceObjects;

/**
 * A factory's registration as a service. The best of several of one mechanism is the first in
 * natural order: the highest ranking, then the oldest.
 */
public record FactoryRegistration(
    String mechanism,
    int ranking,
    long serviceId,
    ComponentServiceObjects<DiscoveryFactory> factory)
    implements Comparable<FactoryRegistration> {
  private static final Comparator<FactoryRegistration> BEST_FIRST =
      Comparator.comparingInt(FactoryRegistration::ranking)
          .reversed()
          .thenComparingLong(FactoryRegistration::serviceId);

  /**
   * Reads the service properties.
   *
   * @throws IllegalArgumentException if they name no mechanism
   */
  public static FactoryRegistration of(
      ComponentServiceObjects<DiscoveryFactory> factory, Map<String, Object> properties) {
    Object mechanism = properties.get(DiscoveryFactory.MECHANISM);
    if (!(mechanism instanceof String text) || !text.matches("[a-z0-9_]{1,64}")) {
      throw new IllegalArgumentException(
          "the service property %s has to be a text of lower-case letters, digits and _, got %s"
              .formatted(
                  DiscoveryFactory.MECHANISM,
                  mechanism == null ? "nothing" : "\"%s\"".formatted(mechanism)));
    }
    int ranking = properties.get(Constants.SERVICE_RANKING) instanceof Integer given ? given : 0;
    return new FactoryRegistration(text, ranking, serviceId(properties), factory);
  }

  /** The service's id. */
  public static long serviceId(Map<String, Object> properties) {
    if (properties.get(Constants.SERVICE_ID) instanceof Long id) {
      return id;
    }
    throw new IllegalArgumentException("every service has a service.id, got " + properties);
  }

  @Override
  public int compareTo(FactoryRegistration other) {
    return BEST_FIRST.compare(this, other);
  }
}
