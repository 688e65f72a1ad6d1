package io.narthex.storage.internal.disk;

import io.narthex.api.error.NarthexException;
import io.narthex.api.storage.StorageErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Whether samples may be taken: not when the disk has less room than a floor, and then not before
 * it has twice as much. So what must be written, a file that has been begun and a checkpoint, finds
 * room, and a disk that others fill is no fault of a write. May be used from any thread.
 */
public final class DiskRoom {
  /** What the log allocates and maps at a time. */
  static final long BLOCK_BYTES = 4 << 20;

  private static final int BLOCKS = 4;

  /** Room that never ends, for tests and logs that are not on a disk. */
  public static final DiskRoom UNLIMITED = new DiskRoom(() -> Long.MAX_VALUE, () -> 0);

  private final Space space;
  private final LongSupplier floor;
  private final LongAdder refused = new LongAdder();
  private volatile long usable = Long.MAX_VALUE;
  private volatile String trouble = "";

  /** Asks the disk. */
  @FunctionalInterface
  public interface Space {
    /** How many bytes this process may write. */
    long usable() throws IOException;
  }

  /**
   * Room where a folder is.
   *
   * @param checkpointBytes about how large a checkpoint would be now
   */
  public static DiskRoom of(Path folder, LongSupplier checkpointBytes) {
    return new DiskRoom(
        () -> Files.getFileStore(folder).getUsableSpace(),
        () -> BLOCKS * BLOCK_BYTES + checkpointBytes.getAsLong());
  }

  /** Room by another measure. */
  public DiskRoom(Space space, LongSupplier floor) {
    this.space = space;
    this.floor = floor;
  }

  /** Looks how much room there is now. */
  public synchronized void look() {
    long least = floor.getAsLong();
    try {
      usable = space.usable();
    } catch (IOException e) {
      usable = 0;
      trouble = "the data directory cannot be looked at (%s)".formatted(e);
      return;
    }
    long wanted = trouble.isEmpty() ? least : 2 * least;
    trouble =
        usable < wanted
            ? "the disk has %d bytes left, and samples are taken again when it has %d"
                .formatted(usable, 2 * least)
            : "";
  }

  /** Why no samples are taken, for people; empty if they are. */
  public String trouble() {
    return trouble;
  }

  /**
   * Refuses while there is too little room.
   *
   * @throws NarthexException with {@link StorageErrors#NO_ROOM}
   */
  public void require() {
    String why = trouble;
    if (!why.isEmpty()) {
      refused.increment();
      throw new NarthexException(StorageErrors.NO_ROOM, "no samples are taken: " + why);
    }
  }

  /** How many bytes could be written when it was last looked at. */
  public long usable() {
    return usable;
  }

  /** With fewer bytes than this no samples are taken. */
  public long floor() {
    return floor.getAsLong();
  }

  /** How often {@link #require} has refused. */
  public long refused() {
    return refused.sum();
  }
}
