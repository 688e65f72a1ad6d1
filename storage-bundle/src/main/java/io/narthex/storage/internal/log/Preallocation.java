package io.narthex.storage.internal.log;

import io.narthex.storage.internal.failpoint.FailPoint;
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
 * <p>{@link #force} may be called from any thread, the rest from one at a time, under the monitor
 * of who appends.
 */
class Preallocation {
  /** More than what Chronicle itself adds between two documents: an index page and a header. */
  private static final int AHEAD_BYTES = 256 << 10;

  private static final int STEP_BYTES = 256 << 10;
  private static final byte[] ZEROS = new byte[64 << 10];

  /** What a document may take that is written while a sync begins. */
  private static final int LARGEST_BYTES = 1 << 20;

  private final List<Tracked> unsynced = new ArrayList<>();
  private final Object forcing = new Object();
  private @Nullable Tracked file;
  private @Nullable Path newIn;
  private boolean suspect;
  private long allocated;

  /** A file that may have something that is not on the disk. */
  private static final class Tracked {
    final RandomAccessFile file;
    volatile long written;
    long synced;

    Tracked(RandomAccessFile file) {
      this.file = file;
    }
  }

  /** Goes on with another file, which it makes. The one before is closed at the next sync. */
  void begin(Path path) throws IOException {
    Tracked opened = new Tracked(new RandomAccessFile(path.toFile(), "rw"));
    synchronized (unsynced) {
      unsynced.add(opened);
      file = opened;
      newIn = path.getParent();
    }
    allocated = 0;
  }

  /** Makes sure that the file has space up to this offset and some more. */
  void ensure(long end) throws IOException {
    Tracked current = file;
    if (current == null) {
      throw new IllegalStateException("no file has been begun");
    }
    RandomAccessFile to = current.file;
    long wanted = end + AHEAD_BYTES;
    if (wanted <= allocated) {
      current.written = end;
      return;
    }
    wanted = (wanted + STEP_BYTES - 1) / STEP_BYTES * STEP_BYTES;
    to.seek(allocated);
    while (allocated < wanted) {
      int n = (int) Math.min(ZEROS.length, wanted - allocated);
      to.write(ZEROS, 0, n);
      allocated += n;
      FailPoint.MID_ALLOCATE.reach();
    }
    current.written = end;
  }

  /**
   * Whether a sync has failed since the last that did not: then {@link #rewrite} comes before the
   * next. The system has taken the pages that it could not write for written, so that another sync
   * alone would succeed and bring nothing to the disk.
   */
  boolean isSuspect() {
    synchronized (forcing) {
      return suspect;
    }
  }

  /** Writes again what no sync has brought to the disk. Nobody appends meanwhile. */
  void rewrite() throws IOException {
    synchronized (forcing) {
      List<Tracked> files;
      synchronized (unsynced) {
        files = List.copyOf(unsynced);
      }
      for (Tracked each : files) {
        rewrite(each.file, each.synced);
      }
    }
  }

  /** Writes a file from an offset to its end as it is. */
  void rewrite(RandomAccessFile of, long from) throws IOException {
    byte[] bytes = new byte[64 << 10];
    for (long at = from; at < of.length(); ) {
      of.seek(at);
      int n = of.read(bytes, 0, bytes.length);
      of.seek(at);
      of.write(bytes, 0, n);
      at += n;
    }
  }

  /** Brings a file to the disk. */
  void sync(RandomAccessFile of) throws IOException {
    of.getFD().sync();
  }

  /**
   * Brings all files begun so far to the disk, and their folder; closes those that are done with.
   */
  void force() throws IOException {
    synchronized (forcing) {
      List<Tracked> files;
      Tracked current;
      Path folder;
      synchronized (unsynced) {
        files = List.copyOf(unsynced);
        current = file;
        folder = newIn;
      }
      suspect = true;
      for (Tracked each : files) {
        long written = each.written;
        sync(each.file);
        FailPoint.MID_SYNC.reach();
        each.synced = Math.max(0, written - LARGEST_BYTES);
        if (each != current) {
          synchronized (unsynced) {
            unsynced.remove(each);
          }
          each.file.close();
        }
      }
      if (folder != null) {
        forceFolder(folder);
        synchronized (unsynced) {
          newIn = folder.equals(newIn) && current == file ? null : newIn;
        }
      }
      suspect = false;
    }
  }

  /** Brings the names in a folder to the disk. */
  static void forceFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  void close() {
    synchronized (forcing) {
      synchronized (unsynced) {
        for (Tracked each : unsynced) {
          try {
            each.file.close();
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
