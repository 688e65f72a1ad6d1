package io.narthex.config.internal;

import io.narthex.api.section.Position;
import io.narthex.api.section.Problem;
import io.narthex.api.yaml.YamlText;
import io.narthex.config.internal.prometheus.ConfigurationFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Configuration files on disk. */
final class LocalFiles implements ConfigurationFiles {
  private static final String DIRECTORY = "it is a directory";
  private static final long MAX_BYTES = 32L * 1024 * 1024;

  @Override
  public String read(Path file) throws UnreadableFileException {
    try {
      if (Files.isDirectory(file)) {
        throw new UnreadableFileException(DIRECTORY);
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new UnreadableFileException("it is larger than %d MiB".formatted(MAX_BYTES >> 20));
      }
      return text(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UnreadableFileException(reason(e));
    }
  }

  @Override
  public Optional<String> problem(Path file) {
    if (Files.isDirectory(file)) {
      return Optional.of(DIRECTORY);
    }
    try (InputStream in = Files.newInputStream(file)) {
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(reason(e));
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> "there is no such file";
      case AccessDeniedException denied -> "permission denied";
      default -> String.valueOf(e.getMessage());
    };
  }

  private static String text(byte[] content) throws UnreadableFileException {
    List<Problem> problems = new ArrayList<>();
    Optional<String> text = YamlText.decode(content, problems);
    if (text.isEmpty()) {
      Position at = problems.getFirst().position();
      throw new UnreadableFileException(
          "line %d, column %d: it is not UTF-8 text".formatted(at.line(), at.column()));
    }
    return text.get();
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
