package io.narthex.http.client.internal.secret;

import io.narthex.api.time.Clock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads small text files again and again. Every call asks the file system for the file's time, size
 * and identity, which costs a fifth of reading it, and reads it again if one of them changed or if
 * the file was so young when it was read that a later change might not show in its time. So a
 * secret that was replaced is used by the next request. Blocks; may be used from any thread.
 */
public final class FileContents {
  /** Secrets, certificates and keys are much smaller; a wrong path must not fill the memory. */
  static final int MAX_BYTES = 4 * 1024 * 1024;

  private static final int KEPT = 512;

  /** No file system in use counts time in larger steps. */
  private static final Duration COARSEST_STEP = Duration.ofSeconds(2);

  private final Clock clock;
  private final Map<Path, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  /** Nothing is read yet. */
  public FileContents(Clock clock) {
    this.clock = clock;
  }

  /**
   * The text of a file, without the spaces around it.
   *
   * @throws IOException with a message as upstream words it
   */
  public String text(Path file) throws IOException {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      Entry known = get(file);
      if (known != null && known.isOf(now)) {
        return known.text();
      }
      long readAt = clock.wallMillis();
      String text = read(file);
      boolean young = readAt - now.lastModifiedTime().toMillis() < COARSEST_STEP.toMillis();
      put(file, new Entry(now.lastModifiedTime(), now.size(), now.fileKey(), young, text));
      return text;
    } catch (IOException e) {
      forget(file);
      throw new IOException("unable to read file %s: %s".formatted(file, words(file, e)), e);
    }
  }

  private static String read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException("it has more than %d bytes".formatted(MAX_BYTES));
      }
      return new String(bytes, StandardCharsets.UTF_8).strip();
    }
  }

  private static String words(Path file, IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> "open %s: no such file or directory".formatted(file);
      case AccessDeniedException denied -> "open %s: permission denied".formatted(file);
      default ->
          Files.isDirectory(file)
              ? "read %s: is a directory".formatted(file)
              : Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    };
  }

  private @Nullable Entry get(Path file) {
    synchronized (entries) {
      return entries.get(file);
    }
  }

  private void put(Path file, Entry entry) {
    synchronized (entries) {
      entries.put(file, entry);
      if (entries.size() > KEPT) {
        entries.remove(entries.keySet().iterator().next());
      }
    }
  }

  private void forget(Path file) {
    synchronized (entries) {
      entries.remove(file);
    }
  }

  /**
   * What was read.
   *
   * @param young whether the file may have changed within the same step of the clock
   */
  private record Entry(
      FileTime modified, long size, @Nullable Object key, boolean young, String text) {
    boolean isOf(BasicFileAttributes now) {
      return !young
          && size == now.size()
          && modified.equals(now.lastModifiedTime())
          && Objects.equals(key, now.fileKey());
    }

    /** Never the text. */
    @Override
    public String toString() {
      return "Entry[" + size + " bytes]";
    }
  }
}
