package io.narthex.storage.internal.log;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes zeros ahead of the appender, so that a mapping of the file is never written where the disk
 * has given no space. What lies ahead of the appender is zeros anyway. Also syncs: forcing a file
 * brings its mapped pages to the disk. A {@link RandomAccessFile}, since a channel would be closed
 * for good by the interrupt of a thread that happens to append.
 *
 * <p>{@link #force} may be called from any thread, the rest from one at a time.
 */
class Preallocation {
  /** More than what Chronicle itself adds between two documents: an index page and a header. */
  private static final int AHEAD_BYTES = 256 << 10;

  private static final int STEP_BYTES = 256 << 10;
  private static final byte[] ZEROS = new byte[64 << 10];

  private final List<RandomAccessFile> unsynced = new ArrayList<>();
  private final Object forcing = new Object();
  private @Nullable RandomAccessFile file;
  private @Nullable Path newIn;
  private long allocated;

  /** Goes on with another file, which it makes. The one before is closed at the next sync. */
  void begin(Path path) throws IOException {
    RandomAccessFile opened = new RandomAccessFile(path.toFile(), "rw");
    synchronized (unsynced) {
      unsynced.add(opened);
      file = opened;
      newIn = path.getParent();
    }
    allocated = 0;
  }

  /** Makes sure that the file has space up to this offset and some more. */
  void ensure(long end) throws IOException {
    RandomAccessFile to = file;
    if (to == null) {
      throw new IllegalStateException("no file has been begun");
    }
    long wanted = end + AHEAD_BYTES;
    if (wanted <= allocated) {
      return;
    }
    wanted = (wanted + STEP_BYTES - 1) / STEP_BYTES * STEP_BYTES;
    to.seek(allocated);
    while (allocated < wanted) {
      int n = (int) Math.min(ZEROS.length, wanted - allocated);
      to.write(ZEROS, 0, n);
      allocated += n;
    }
  }

  /**
   * Brings all files begun so far to the disk, and their folder; closes those that are done with.
   */
  void force() throws IOException {
    synchronized (forcing) {
      List<RandomAccessFile> files;
      RandomAccessFile current;
      Path folder;
      synchronized (unsynced) {
        files = List.copyOf(unsynced);
        current = file;
        folder = newIn;
        newIn = null;
      }
      for (RandomAccessFile each : files) {
        each.getFD().sync();
        if (each != current) {
          synchronized (unsynced) {
            unsynced.remove(each);
          }
          each.close();
        }
      }
      if (folder != null) {
        forceFolder(folder);
      }
    }
  }

  private static void forceFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  void close() {
    synchronized (forcing) {
      synchronized (unsynced) {
        for (RandomAccessFile each : unsynced) {
          try {
            each.close();
          } catch (IOException ignored) {
            // Nothing is buffered here: what could fail has been synced before.
          }
        }
        unsynced.clear();
        file = null;
      }
    }
  }
}
