package io.narthex.exporter.host.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The exporters that are registered, by name; of several with one name the best is used. Safe for
 * use by several threads.
 */
final class Registrations {
  private final TreeMap<String, TreeSet<Registration>> byName = new TreeMap<>();

  /**
   * Adds a registration; gives back the one of the same name that is not used because of this, or
   * this one itself.
   */
  synchronized Optional<Registration> add(Registration registration) {
    TreeSet<Registration> sameName =
        byName.computeIfAbsent(registration.name(), ignored -> new TreeSet<>());
    Optional<Registration> before =
        sameName.isEmpty() ? Optional.empty() : Optional.of(sameName.first());
    sameName.add(registration);
    return before.map(used -> sameName.first().equals(registration) ? used : registration);
  }

  /** Removes the registration of the service; whether there was one. */
  synchronized boolean remove(long serviceId) {
    boolean removed = false;
    for (TreeSet<Registration> sameName : byName.values()) {
      removed |= sameName.removeIf(registration -> registration.serviceId() == serviceId);
    }
    byName.values().removeIf(TreeSet::isEmpty);
    return removed;
  }

  /** The registration that is used for the name. */
  synchronized Optional<Registration> used(String name) {
    return Optional.ofNullable(byName.get(name)).map(TreeSet::first);
  }

  /** The registrations that are used, in order of names. */
  synchronized List<Registration> used() {
    List<Registration> used = new ArrayList<>(byName.size());
    byName.values().forEach(sameName -> used.add(sameName.first()));
    return used;
  }
}
