package io.narthex.storage.internal.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Sets aside what cannot be read of an epoch that nobody writes any more, so that it is told once
 * and the rest is sound from then on: what a file has behind its last good document goes to a file
 * beside it, files after it get another name. All of it goes with the epoch.
 */
final class DamagedFiles {
  static final String SUFFIX = ".damaged";

  private DamagedFiles() {}

  /**
   * Where an epoch is damaged.
   *
   * @param file the first file with damage
   * @param offset where its last good document ends; 0 if nothing of the file can be read
   * @param isTorn whether there is only the beginning of a document that was never finished
   */
  record Damage(Path file, long offset, boolean isTorn) {}

  /** Sets aside; doing it again after it was interrupted does the rest. */
  static void setAside(Damage damage, Path folder, List<Path> filesOfEpoch) throws IOException {
    int first = filesOfEpoch.indexOf(damage.file());
    for (Path later : filesOfEpoch.subList(first + 1, filesOfEpoch.size()).reversed()) {
      rename(later);
    }
    if (damage.offset() == 0) {
      rename(damage.file());
    } else {
      cut(damage);
    }
    Preallocation.forceFolder(folder);
  }

  private static Path aside(Path file) {
    return file.resolveSibling(file.getFileName() + SUFFIX);
  }

  private static void rename(Path file) throws IOException {
    Files.move(file, aside(file), StandardCopyOption.REPLACE_EXISTING);
  }

  private static void cut(Damage damage) throws IOException {
    try (FileChannel from =
        FileChannel.open(damage.file(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (!damage.isTorn()) {
        copyEnd(from, damage.offset(), aside(damage.file()));
      }
      from.truncate(damage.offset());
      from.force(true);
    }
  }

  private static void copyEnd(FileChannel from, long offset, Path to) throws IOException {
    try (FileChannel into =
        FileChannel.open(
            to,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      long at = offset;
      while (at < from.size()) {
        at += from.transferTo(at, from.size() - at, into);
      }
      into.force(true);
    }
  }
}
