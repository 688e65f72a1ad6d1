package io.narthex.alerting.internal.notify;

import io.narthex.spi.notify.NotifierFactory;
import java.util.Comparator;
import java.util.Map;
import org.osgi.framework.Constants;
import org.osgi.service.component.ComponentServiceObjects;

/**
 * A factory's registration as a service. The best of several of one kind is the first in natural
 * order: the highest ranking, then the oldest.
 *
 * @param sendResolved what {@code send_resolved} is where the file does not say it
 */
public record NotifierRegistration(
    String kind,
    boolean sendResolved,
    int ranking,
    long serviceId,
    ComponentServiceObjects<NotifierFactory> factory)
    implements Comparable<NotifierRegistration> {
  private static final Comparator<NotifierRegistration> BEST_FIRST =
      Comparator.comparingInt(NotifierRegistration::ranking)
          .reversed()
          .thenComparingLong(NotifierRegistration::serviceId);

  /**
   * Reads the service properties.
   *
   * @throws IllegalArgumentException if they name no kind
   */
  public static NotifierRegistration of(
      ComponentServiceObjects<NotifierFactory> factory, Map<String, Object> properties) {
    Object kind = properties.get(NotifierFactory.RECEIVER);
    if (!(kind instanceof String text) || !text.matches("[a-z0-9_]{1,64}")) {
      throw new IllegalArgumentException(
          "the service property %s has to be a text of lower-case letters, digits and _, got %s"
              .formatted(
                  NotifierFactory.RECEIVER, kind == null ? "nothing" : "\"%s\"".formatted(kind)));
    }
    Object sendResolved = properties.get(NotifierFactory.SEND_RESOLVED);
    int ranking = properties.get(Constants.SERVICE_RANKING) instanceof Integer given ? given : 0;
    return new NotifierRegistration(
        text,
        sendResolved == null || Boolean.parseBoolean(sendResolved.toString()),
        ranking,
        serviceId(properties),
        factory);
  }

  /** The service's id. */
  public static long serviceId(Map<String, Object> properties) {
    if (properties.get(Constants.SERVICE_ID) instanceof Long id) {
      return id;
    }
    throw new IllegalArgumentException("every service has a service.id, got " + properties);
  }

  @Override
  public int compareTo(NotifierRegistration other) {
    return BEST_FIRST.compare(this, other);
  }
}
