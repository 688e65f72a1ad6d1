package io.narthex.storage.internal.log;

import io.narthex.api.error.NarthexException;
import io.narthex.spi.log.LogErrors;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Keeps others out of the folder of a log, of this process too: two would begin the same epoch. */
final class LogLock implements AutoCloseable {
  private final RandomAccessFile file;

  private LogLock(RandomAccessFile file) {
    this.file = file;
  }

  /** Takes the lock of a folder, which is made. */
  static LogLock take(Path folder) {
    RandomAccessFile file;
    try {
      Files.createDirectories(folder);
      file = new RandomAccessFile(folder.resolve("lock").toFile(), "rw");
    } catch (IOException e) {
      throw notOpened(folder, reason(e), e);
    }
    LogLock lock = new LogLock(file);
    boolean interrupted = Thread.interrupted();
    try {
      if (file.getChannel().tryLock() == null) {
        lock.close();
        throw notOpened(folder, "another process has it open", null);
      }
      return lock;
    } catch (OverlappingFileLockException e) {
      lock.close();
      throw notOpened(folder, "this process has it open already", e);
    } catch (IOException e) {
      lock.close();
      throw notOpened(folder, reason(e), e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static NarthexException notOpened(Path folder, String reason, @Nullable Exception cause) {
    return new NarthexException(
        LogErrors.OPEN, "the log in %s cannot be opened: %s".formatted(folder, reason), cause);
  }

  /** What went wrong, for people. */
  static String reason(Throwable failure) {
    return switch (failure) {
      case AccessDeniedException denied -> "permission denied: " + denied.getFile();
      case FileAlreadyExistsException file -> "it is a file: " + file.getFile();
      case FileSystemException fs when fs.getReason() != null ->
          fs.getReason() + ": " + fs.getFile();
      case FileNotFoundException missing -> String.valueOf(missing.getMessage());
      default -> String.valueOf(failure);
    };
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException ignored) {
      // Nothing is written to it.
    }
  }
}
