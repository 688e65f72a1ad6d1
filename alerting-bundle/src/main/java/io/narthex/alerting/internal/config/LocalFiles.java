package io.narthex.alerting.internal.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files of this machine. */
final class LocalFiles implements ConfigFiles {
  /** No template is longer; upstream's own have a tenth of that. */
  private static final long MAX_BYTES = 1024 * 1024;

  @Override
  public List<Path> matching(String pattern) {
    return Glob.matching(pattern);
  }

  @Override
  public String read(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException("it is longer than %d bytes".formatted(MAX_BYTES));
    }
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
