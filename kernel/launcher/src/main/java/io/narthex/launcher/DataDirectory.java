package io.narthex.launcher;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The data directory, made if it is not there, and locked for this process while this object is
 * open. The lock file is named as upstream's, and a Prometheus that holds it is noticed too.
 */
final class DataDirectory implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;

  private DataDirectory(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  static DataDirectory open(Path path) throws StartFailure {
    Path absolute = path.toAbsolutePath().normalize();
    createDirectories(absolute);
    Path lockFile = absolute.resolve("lock");
    Optional<LockHolder> other = LockHolder.of(lockFile);
    if (other.isPresent()) {
      throw inUse(absolute, other.get().toString());
    }
    try {
      FileChannel channel =
          FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw inUse(absolute, "another process");
      }
      byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
      channel.truncate(0).write(ByteBuffer.wrap(pid));
      return new DataDirectory(absolute, channel);
    } catch (IOException e) {
      throw notWritable(absolute, e);
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static void createDirectories(Path path) throws StartFailure {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw notWritable(path, e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldInThisProcess) {
      return null;
    }
  }

  private static StartFailure inUse(Path path, String holder) {
    return new StartFailure(
        StartFailure.FAILED,
        "data directory %s is in use by %s. Stop it, or use another directory: --storage.tsdb.path=DIR"
            .formatted(path, holder));
  }

  private static StartFailure notWritable(Path path, IOException why) {
    return new StartFailure(
        StartFailure.FAILED,
        "data directory %s is not writable for user %s (%s). Give that user the directory, or use another: --storage.tsdb.path=DIR"
            .formatted(path, user(), reason(why)));
  }

  /** Containers run with uids that have no name, for which Java says "?". */
  private static String user() {
    String name = System.getProperty("user.name");
    return name.equals("?") ? "id " + new UnixSystem().getUid() : name;
  }

  private static String reason(IOException why) {
    return switch (why) {
      case java.nio.file.AccessDeniedException denied -> "permission denied";
      case java.nio.file.FileAlreadyExistsException file -> "it is a file";
      case java.nio.file.FileSystemException fs when fs.getReason() != null -> fs.getReason();
      default -> String.valueOf(why.getMessage());
    };
  }
}
