package io.narthex.storage.internal.log;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;

/** How Chronicle names files: one for each two hours of wall-clock time, aligned to UTC. */
final class LogFiles {
  static final RollCycle ROLL_CYCLE = RollCycles.TWO_HOURLY;
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern(ROLL_CYCLE.format()).withZone(ZoneOffset.UTC);

  private LogFiles() {}

  static String name(long millis) {
    long length = ROLL_CYCLE.lengthInMillis();
    return NAME.format(Instant.ofEpochMilli(Math.floorDiv(millis, length) * length)) + ".cq4";
  }
}
