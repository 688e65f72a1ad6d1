package io.narthex.deployer.internal.folder;

import java.nio.file.Path;

/**
 * A jar in the folder as it was seen.
 *
 * @param modifiedMillis with the size, tells one content from another without reading it
 */
public record JarFile(Path path, long size, long modifiedMillis) {
  /** The file's name, which identifies the drop-in. */
  public String name() {
    return path.getFileName().toString();
  }
}
