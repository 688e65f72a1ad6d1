package io.narthex.rules.internal.evaluate;

import io.narthex.rules.internal.file.GroupDefinition;
import java.time.Duration;

/**
 * The times at which a group is evaluated, in ns since 1970: all whose remainder by the interval is
 * the group's phase. So they are upstream's, the same after a restart, and groups are spread.
 */
record GroupSchedule(long interval, long phase) {
  /** How far the clock must be set back to be noticed. */
  private static final long SET_BACK = Duration.ofSeconds(2).toNanos();

  static GroupSchedule of(GroupDefinition group) {
    long interval = group.interval().toNanos();
    long hash = PhaseHash.of(group.file(), group.name());
    return new GroupSchedule(interval, Long.remainderUnsigned(hash, interval));
  }

  /** The last time that is not after now. */
  long slotBefore(long now) {
    return now - Math.floorMod(now - phase, interval);
  }

  /** The time after the last evaluation's that is due next; it may have passed. */
  long after(long last, long now) {
    long latest = slotBefore(now);
    return latest > last ? latest : latest + interval;
  }

  /** Whether the clock was set back so far that rules must not wait until it has caught up. */
  boolean isSetBack(long last, long due) {
    return last - due > SET_BACK;
  }

  /** How many times lie between two of them. */
  long missed(long last, long next) {
    return Math.max(0, (next - last) / interval - 1);
  }
}
