package io.narthex.alerting.internal.notify;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The notifier factories that are there now. May be used from any thread. */
public final class NotifierRegistry {
  private final List<NotifierRegistration> registrations = new CopyOnWriteArrayList<>();

  /** Adds a factory. */
  public void add(NotifierRegistration registration) {
    registrations.add(registration);
  }

  /** Removes the factory of this service. */
  public void remove(long serviceId) {
    registrations.removeIf(registration -> registration.serviceId() == serviceId);
  }

  /** Whether the factory is still there. */
  boolean has(NotifierRegistration registration) {
    return registrations.contains(registration);
  }

  /** The best factory of a kind. */
  Optional<NotifierRegistration> best(String kind) {
    return registrations.stream()
        .filter(registration -> registration.kind().equals(kind))
        .sorted()
        .findFirst();
  }
}
