package io.narthex.discovery.file.internal.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What was there when a file was looked at. Two sights are equal if they show the same. */
public sealed interface FileSight {
  /** There is no such file. */
  record Absent() implements FileSight {}

  /** There is something that cannot be read. */
  record Unreadable(String reason) implements FileSight {}

  /**
   * There is a file.
   *
   * @param digest stands for the content
   * @param identity differs if another file took the place; {@code null} if that is not known
   */
  record Readable(String digest, byte[] content, @Nullable Object identity, long modifiedMillis)
      implements FileSight {
    @Override
    public boolean equals(@Nullable Object o) {
      return o instanceof Readable other && digest.equals(other.digest);
    }

    @Override
    public int hashCode() {
      return digest.hashCode();
    }
  }

  /** Looks at the file. */
  static FileSight of(Path path) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        return new Unreadable(
            attributes.isDirectory()
                ? "it is a folder, not a file"
                : "it is a device, socket or pipe, not a file");
      }
      try (InputStream in = Files.newInputStream(path)) {
        byte[] content = in.readNBytes(TargetFileReader.MOST_BYTES + 1);
        if (content.length > TargetFileReader.MOST_BYTES) {
          return new Unreadable(
              "it is larger than %d MiB; divide it into several"
                  .formatted(TargetFileReader.MOST_BYTES >> 20));
        }
        return new Readable(
            digest(content),
            content,
            attributes.fileKey(),
            attributes.lastModifiedTime().toMillis());
      }
    } catch (NoSuchFileException e) {
      return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
          ? new Unreadable("it is a link to a file that does not exist")
          : new Absent();
    } catch (AccessDeniedException e) {
      return new Unreadable("the user that Narthex runs as has no permission to read it");
    } catch (IOException e) {
      String reason = e.getMessage();
      return new Unreadable(reason == null ? e.toString() : reason);
    }
  }

  private static String digest(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
