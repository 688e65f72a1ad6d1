package io.narthex.storage.internal.engine;

import io.narthex.storage.internal.disk.DiskRoom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then how much room the disk has, and tells the operator when samples are not taken
 * for want of it. For use by one thread.
 */
final class DiskWatch implements Runnable {
  private static final Logger logger = LoggerFactory.getLogger(DiskWatch.class);

  static final String STOPPED = "storage/no-room-on-disk";

  private final DiskRoom room;
  private final Notices notices;
  private final Runnable whenOver;
  private boolean stopped;

  /** A watch that also says when there is room again. */
  DiskWatch(DiskRoom room, Notices notices, Runnable whenOver) {
    this.room = room;
    this.notices = notices;
    this.whenOver = whenOver;
  }

  /** Looks how it is now. */
  @Override
  public void run() {
    room.look();
    String trouble = room.trouble();
    if (!trouble.isEmpty()) {
      notices.show(
          STOPPED,
          "No samples are taken, since %s. Queries go on. Nothing need be restarted."
              .formatted(trouble));
      if (!stopped) {
        stopped = true;
        logger.atError().addKeyValue("why", trouble).log("no samples are taken");
      }
    } else if (stopped) {
      stopped = false;
      notices.withdraw(STOPPED);
      logger.atInfo().addKeyValue("usable", room.usable()).log("samples are taken again");
      whenOver.run();
    }
  }
}
