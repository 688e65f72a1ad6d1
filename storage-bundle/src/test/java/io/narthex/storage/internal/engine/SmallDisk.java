package io.narthex.storage.internal.engine;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A file system of its own, of a few MB, which can be filled; only root can mount one. */
final class SmallDisk implements AutoCloseable {
  private final Path folder;
  private final Path filler;

  private SmallDisk(Path folder) {
    this.folder = folder;
    this.filler = folder.resolve("filler");
  }

  /** One in memory. */
  static SmallDisk tmpfs(Path under, int megabytes) throws Exception {
    Path folder = Files.createDirectory(under.resolve("tmpfs"));
    mount("a tmpfs", "mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "none", folder);
    return new SmallDisk(folder);
  }

  /** One in a file. */
  static SmallDisk ext4(Path under, int megabytes) throws Exception {
    Path image = under.resolve("image");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(megabytes * 1L << 20);
    }
    Path folder = Files.createDirectory(under.resolve("ext4"));
    mount("an ext4 in a file", "mkfs.ext4", "-q", "-F", "-m", "0", image);
    mount("an ext4 in a file", "mount", "-o", "loop", image, folder);
    return new SmallDisk(folder);
  }

  private static void mount(String what, Object... command) throws Exception {
    String reason;
    try {
      reason = run(command);
    } catch (IOException e) {
      reason = String.valueOf(e.getMessage());
    }
    Assumptions.assumeTrue(reason.isEmpty(), "needs to mount %s: %s".formatted(what, reason));
  }

  /** Gives what went wrong, or nothing. */
  private static String run(Object... command) throws Exception {
    Process process =
        new ProcessBuilder(List.of(command).stream().map(Object::toString).toList())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      return "it takes longer than a minute";
    }
    return process.exitValue() == 0 ? "" : "%d %s".formatted(process.exitValue(), output.strip());
  }

  Path folder() {
    return folder;
  }

  /** Another process takes all that is left. */
  Process fill() throws IOException {
    return new ProcessBuilder("dd", "if=/dev/zero", "of=" + filler, "bs=16k")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Gives back what was taken. */
  void empty() throws IOException {
    Files.deleteIfExists(filler);
  }

  @Override
  public void close() throws Exception {
    String reason = run("umount", folder);
    if (!reason.isEmpty()) {
      run("umount", "-l", folder);
      throw new IOException(reason);
    }
  }
}
