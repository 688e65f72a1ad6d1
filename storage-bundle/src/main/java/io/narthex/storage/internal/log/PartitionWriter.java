package io.narthex.storage.internal.log;

import io.narthex.api.error.NarthexException;
import io.narthex.lib.chronicle.ChronicleStart;
import io.narthex.spi.log.DurableLog;
import io.narthex.spi.log.LogErrors;
import io.narthex.spi.log.Position;
import io.narthex.storage.internal.failpoint.FailPoint;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.LongSupplier;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.jspecify.annotations.Nullable;

/**
 * Appends the frames of one epoch and partition to a Chronicle queue that nobody else writes.
 * Chronicle writes through a mapping, where a full disk is a fault of the process; so the space is
 * allocated by {@link Preallocation} before, a full disk shows there, and nothing has been written
 * then. Guarded by its monitor.
 */
final class PartitionWriter implements AutoCloseable {
  /** A document may lie across the end of a block by a quarter of it. */
  private static final int BLOCK_BYTES = 4 << 20;

  /** Before each document Chronicle has its length. */
  private static final int WORD_BYTES = 4;

  private final Path folder;
  private final long epoch;
  private final int partition;
  private final LongSupplier wallMillis;
  private final byte[] frame = new byte[DurableLog.MAX_DOCUMENT_BYTES + Frame.MAX_OVERHEAD];
  private final Preallocation space;
  private final SingleChronicleQueue queue;
  private final ExcerptAppender appender;
  private long rollMillis;
  private @Nullable Path file;
  private @Nullable SeekHints hints;
  private long fileEnd;
  private long nextSequence = 1;
  private @Nullable Throwable broken;
  private boolean closed;

  /** A writer of a new, empty folder; its first file is there when this returns. */
  PartitionWriter(
      Path folder, long epoch, int partition, LongSupplier wallMillis, Preallocation space)
      throws IOException {
    ChronicleStart.ensure();
    this.space = space;
    this.folder = folder;
    this.epoch = epoch;
    this.partition = partition;
    this.wallMillis = wallMillis;
    this.rollMillis = wallMillis.getAsLong();
    queue =
        SingleChronicleQueueBuilder.binary(folder)
            .rollCycle(LogFiles.ROLL_CYCLE)
            .blockSize(BLOCK_BYTES)
            .timeProvider(() -> rollMillis)
            .build();
    appender = queue.createAppender();
    appender.singleThreadedCheckDisabled(true);
    try {
      roll();
    } catch (IOException | RuntimeException | Error e) {
      closeQueue();
      throw e;
    }
  }

  /** Appends a document; the caller has checked its size. */
  synchronized Position append(MemorySegment document) {
    checkUsable();
    // Chronicle maps files through channels, which the interrupt of this thread would close.
    boolean interrupted = Thread.interrupted();
    try {
      roll();
      long at = write(Frame.DOCUMENT, document);
      if (hints != null) {
        hints.written(nextSequence, at);
      }
    } catch (IOException e) {
      throw new NarthexException(
          LogErrors.WRITE,
          "no space for a document in %s: %s".formatted(folder, e.getMessage()),
          e);
    } catch (RuntimeException | InternalError e) {
      broken = e;
      throw new NarthexException(
          LogErrors.WRITE,
          "writing to %s failed, the log takes nothing more: %s".formatted(folder, e),
          e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    return new Position(partition, epoch, nextSequence++);
  }

  private void checkUsable() {
    if (closed) {
      throw new NarthexException(LogErrors.CLOSED, "the log in %s is closed".formatted(folder));
    }
    if (broken != null) {
      throw new NarthexException(
          LogErrors.WRITE,
          "the log in %s takes nothing more since a write failed: %s".formatted(folder, broken),
          broken);
    }
  }

  /**
   * Begins another file when its time has come; a clock that steps back leaves the file as it is.
   */
  private void roll() throws IOException {
    rollMillis = Math.max(rollMillis, wallMillis.getAsLong());
    Path due = folder.resolve(LogFiles.name(rollMillis));
    if (due.equals(file)) {
      return;
    }
    space.begin(due);
    FailPoint.MID_FILE_ROLL.reach();
    fileEnd = 0;
    write(Frame.HEADER, FileHeader.of(epoch, partition).encode());
    file = due;
    closeHints();
    hints = new SeekHints(due);
  }

  /** Gives where in the file the frame begins, with Chronicle's word. */
  private long write(int kind, MemorySegment payload) throws IOException {
    int length = Frame.encode(frame, kind, nextSequence, payload);
    space.ensure(fileEnd + length);
    long at;
    try (DocumentContext context = appender.writingDocument()) {
      try {
        Bytes<?> bytes = Objects.requireNonNull(context.wire()).bytes();
        at = bytes.writePosition() - WORD_BYTES;
        int begun = FailPoint.MID_DOCUMENT_APPEND.part(length);
        bytes.write(frame, 0, begun);
        FailPoint.MID_DOCUMENT_APPEND.reach();
        bytes.write(frame, begun, length - begun);
        fileEnd = bytes.writePosition();
      } catch (RuntimeException | Error e) {
        context.rollbackOnClose();
        throw e;
      }
    }
    return at;
  }

  private void closeHints() {
    if (hints != null) {
      hints.close();
      hints = null;
    }
  }

  /** The sequence of the last document, 0 if there is none. */
  synchronized long last() {
    return nextSequence - 1;
  }

  /** The file that is being written, if one has been begun. */
  synchronized @Nullable Path currentFile() {
    return file;
  }

  /** Brings all that was appended to the disk. */
  void sync() {
    try {
      if (space.isSuspect()) {
        synchronized (this) {
          space.rewrite();
        }
      }
      space.force();
    } catch (IOException e) {
      throw new NarthexException(
          LogErrors.WRITE, "%s cannot be synced: %s".formatted(folder, e.getMessage()), e);
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      try {
        sync();
      } finally {
        closeQueue();
      }
    }
  }

  private void closeQueue() {
    closeHints();
    appender.close();
    queue.close();
    space.close();
  }
}
