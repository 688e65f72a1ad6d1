package io.narthex.storage.internal.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of checkpoints: {@code checkpoint.<number, 6 digits or more>}. */
record CheckpointFolder(Path path) {
  private static final Pattern NAME = Pattern.compile("checkpoint\\.(\\d{6,18})");
  private static final Pattern LEFT_OVER = Pattern.compile("checkpoint\\.\\d{6,18}\\.tmp");

  Path file(long number) {
    return path.resolve("checkpoint.%06d".formatted(number));
  }

  Path temporary(long number) {
    return path.resolve("checkpoint.%06d.tmp".formatted(number));
  }

  /** The numbers of all checkpoints, the newest first. */
  List<Long> newestFirst() throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(path)) {
      return files
          .map(file -> NAME.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .map(matcher -> Long.valueOf(matcher.group(1)))
          .sorted((a, b) -> Long.compare(b, a))
          .toList();
    }
  }

  /** Deletes those that were not finished. */
  void deleteLeftOver() throws IOException {
    if (Files.isDirectory(path)) {
      try (Stream<Path> files = Files.list(path)) {
        for (Path file : files.toList()) {
          if (LEFT_OVER.matcher(file.getFileName().toString()).matches()) {
            Files.delete(file);
          }
        }
      }
    }
  }

  /** What was written to the temporary file, and synced, is the checkpoint from now on. */
  void commit(long number) throws IOException {
    Files.move(temporary(number), file(number), StandardCopyOption.ATOMIC_MOVE);
    sync();
  }

  /** Brings the names of the files to the disk. */
  void sync() throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Takes a broken one out of the way; gives where it is now. */
  Path quarantine(long number) throws IOException {
    Path to = path.resolve("checkpoint.%06d.broken".formatted(number));
    return Files.move(file(number), to, StandardCopyOption.REPLACE_EXISTING);
  }
}
