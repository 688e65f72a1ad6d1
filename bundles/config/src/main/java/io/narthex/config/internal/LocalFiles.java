package io.narthex.config.internal;

import io.narthex.config.internal.prometheus.ConfigurationFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Configuration files on disk. */
final class LocalFiles implements ConfigurationFiles {
  private static final long MAX_BYTES = 32L * 1024 * 1024;

  @Override
  public String read(Path file) throws UnreadableFileException {
    try {
      if (Files.isDirectory(file)) {
        throw new UnreadableFileException("it is a directory");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new UnreadableFileException("it is larger than %d MiB".formatted(MAX_BYTES >> 20));
      }
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
          .toString();
    } catch (NoSuchFileException e) {
      throw new UnreadableFileException("there is no such file");
    } catch (AccessDeniedException e) {
      throw new UnreadableFileException("permission denied");
    } catch (CharacterCodingException e) {
      throw new UnreadableFileException("it is not UTF-8 text");
    } catch (IOException e) {
      throw new UnreadableFileException(String.valueOf(e.getMessage()));
    }
  }

  /** Reads the file of that name. */
  String read(String name) throws UnreadableFileException {
    try {
      return read(Path.of(name));
    } catch (InvalidPathException e) {
      throw new UnreadableFileException(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public List<Path> matching(String pattern) {
    return Glob.matching(pattern);
  }
}
