package io.narthex.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The process that holds a lock on a file, as Linux' /proc/locks says. That list has both kinds of
 * locks, ours and the one of flock(2) that Prometheus takes, which do not see each other.
 */
record LockHolder(long pid) {
  static Optional<LockHolder> of(Path file) {
    try {
      long inode = ((Number) Files.getAttribute(file, "unix:ino")).longValue();
      long device = ((Number) Files.getAttribute(file, "unix:dev")).longValue();
      String id = "%02x:%02x:%d".formatted(major(device), minor(device), inode);
      try (Stream<String> lines = Files.lines(Path.of("/proc/locks"))) {
        return lines.flatMap(line -> holder(line, id).stream()).findFirst();
      }
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
      // No such file yet, or no Linux: then only our own lock tells.
      return Optional.empty();
    }
  }

  /** From a line such as {@code 1: FLOCK ADVISORY WRITE 812 fe:00:1234 0 EOF}. */
  private static Optional<LockHolder> holder(String line, String id) {
    String[] fields = line.trim().split("\\s+");
    boolean held = fields.length == 8 && fields[5].equals(id) && fields[4].matches("[0-9]+");
    return held ? Optional.of(new LockHolder(Long.parseLong(fields[4]))) : Optional.empty();
  }

  private static long major(long device) {
    return device >>> 8 & 0xfff | device >>> 32 & ~0xfffL;
  }

  private static long minor(long device) {
    return device & 0xff | device >>> 12 & ~0xffL;
  }

  @Override
  public String toString() {
    return "pid %d%s".formatted(pid, command().map(" (%s)"::formatted).orElse(""));
  }

  private Optional<String> command() {
    try {
      return Optional.of(Files.readString(Path.of("/proc", Long.toString(pid), "comm")).trim());
    } catch (IOException gone) {
      return Optional.empty();
    }
  }
}
