package io.narthex.storage.internal.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder, and what of it is on the disk for certain: what was in it at the last sync. The files
 * of sealed rows are in it only once they are synced.
 */
final class SyncedFiles {
  private static final int PAGE = 4096;

  private final Path folder;
  private Map<Path, byte[]> synced = new TreeMap<>();

  SyncedFiles(Path folder) {
    this.folder = folder;
  }

  /** All of the log that is there now has been synced. */
  void synced() throws IOException {
    synced = read();
    synced.keySet().removeIf(SyncedFiles::isUnsynced);
  }

  private static boolean isUnsynced(Path file) {
    return file.startsWith("head");
  }

  private Map<Path, byte[]> read() throws IOException {
    Map<Path, byte[]> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .filter(Files::isRegularFile)
          .forEach(
              file -> {
                try {
                  contents.put(folder.relativize(file), Files.readAllBytes(file));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
    return contents;
  }

  /** Makes a copy of the folder as it may be after a loss of power now. */
  void afterPowerLoss(Random random, Path copy) throws IOException {
    for (Map.Entry<Path, byte[]> file : read().entrySet()) {
      byte[] old = synced.get(file.getKey());
      if (old != null || random.nextInt(4) > 0) {
        Path to = copy.resolve(file.getKey());
        Files.createDirectories(to.getParent());
        Files.write(to, mixed(random, old == null ? new byte[0] : old, file.getValue()));
      }
    }
  }

  /** Some pages as they were, or zeros where nothing was, others as they are. */
  private static byte[] mixed(Random random, byte[] old, byte[] now) {
    int size = old.length + random.nextInt(Math.max(1, now.length - old.length + 1));
    byte[] mixed = Arrays.copyOf(now, random.nextBoolean() ? now.length : size);
    // From all pages written to none.
    int ofHundred = random.nextInt(101);
    for (int at = 0; at < mixed.length; at += PAGE) {
      if (random.nextInt(100) < ofHundred) {
        for (int i = at; i < Math.min(at + PAGE, mixed.length); i++) {
          mixed[i] = i < old.length ? old[i] : 0;
        }
      }
    }
    return mixed;
  }
}
