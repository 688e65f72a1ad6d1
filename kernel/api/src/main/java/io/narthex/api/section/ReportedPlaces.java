package io.narthex.api.section;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The places of problems, so that asking for one costs the same however many there are. The list
 * grows at its end; a problem in it may be replaced by one at the same place. For use by one thread
 * at a time.
 */
final class ReportedPlaces {
  private final List<Problem> problems;
  private final Set<Position> places = new HashSet<>();
  private int known;

  ReportedPlaces(List<Problem> problems) {
    this.problems = problems;
  }

  boolean contains(Position at) {
    if (problems.size() < known) {
      places.clear();
      known = 0;
    }
    while (known < problems.size()) {
      places.add(problems.get(known++).position());
    }
    return places.contains(at);
  }
}
