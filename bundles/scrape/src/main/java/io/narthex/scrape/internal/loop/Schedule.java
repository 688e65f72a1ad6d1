package io.narthex.scrape.internal.loop;

/**
 * The times at which a target is scraped: all wall-clock times whose remainder by the interval is
 * the phase. So they are the same after a restart, and different targets are spread over the
 * interval.
 */
record Schedule(long intervalMillis, long phaseMillis, long toleranceMillis) {
  /**
   * A schedule.
   *
   * @param toleranceMillis how late a scrape may begin to get the time it was due
   */
  static Schedule of(long intervalMillis, long hash, long toleranceMillis) {
    return new Schedule(
        intervalMillis, Long.remainderUnsigned(hash, intervalMillis), toleranceMillis);
  }

  private static final long SET_BACK_MILLIS = 2;

  /** The first time that is not before now. */
  long firstFrom(long now) {
    return now + Math.floorMod(phaseMillis - now, intervalMillis);
  }

  /**
   * The time of the next scrape. If it has passed already, the latest that has, which is then due
   * at once; the ones before are skipped.
   */
  long after(long due, long now) {
    if (Math.floorMod(due - phaseMillis, intervalMillis) != 0) {
      // It was scraped out of its turn, at its start.
      return firstFrom(now + 1);
    }
    long next = due + intervalMillis;
    if (next <= now) {
      return now - Math.floorMod(now - phaseMillis, intervalMillis);
    }
    // The clock was set back: without this the target would not be scraped until it is as late as
    // before.
    boolean setBack = next - now > intervalMillis + SET_BACK_MILLIS;
    return setBack ? firstFrom(now + 1) : next;
  }

  /**
   * The timestamp of a scrape that was due at one time and began at another: the former if they are
   * close, since equal distances between samples compress best (upstream: min(2 ms, 1 % of the
   * interval)).
   */
  long timestamp(long due, long now) {
    return Math.abs(now - due) <= Math.min(toleranceMillis, intervalMillis / 100) ? due : now;
  }
}
