package io.narthex.discovery.core.internal.mechanism;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The factories that are registered, by mechanism. For use on the loop. */
public final class Factories {
  private final Map<String, TreeSet<FactoryRegistration>> byMechanism = new HashMap<>();

  /** Adds a registration. */
  public void add(FactoryRegistration registration) {
    byMechanism
        .computeIfAbsent(registration.mechanism(), ignored -> new TreeSet<>())
        .add(registration);
  }

  /** Removes the registration of the service, if there is one. */
  public void remove(long serviceId) {
    byMechanism
        .values()
        .forEach(same -> same.removeIf(registration -> registration.serviceId() == serviceId));
    byMechanism.values().removeIf(TreeSet::isEmpty);
  }

  /** The best factory of the mechanism. */
  Optional<FactoryRegistration> best(String mechanism) {
    return Optional.ofNullable(byMechanism.get(mechanism)).map(TreeSet::first);
  }

  /** Whether the registration is still there. */
  boolean has(FactoryRegistration registration) {
    TreeSet<FactoryRegistration> same = byMechanism.get(registration.mechanism());
    return same != null && same.contains(registration);
  }
}
