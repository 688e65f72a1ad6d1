package io.narthex.discovery.file.internal.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** Which file or folder a path leads to, as far as looking from outside shows. */
record Identity(@Nullable Object key, @Nullable FileTime modified, long size) {
  private static final Identity NONE = new Identity(null, null, -1);

  /** What is there, links followed. A folder's own times change too often to tell anything. */
  static Identity of(Path path) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return attributes.isDirectory()
          ? new Identity(attributes.fileKey(), null, 0)
          : new Identity(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size());
    } catch (IOException e) {
      return NONE;
    }
  }
}
