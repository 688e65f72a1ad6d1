package io.narthex.config.internal;

import io.narthex.api.config.PrometheusConfig;
import io.narthex.config.internal.prometheus.BadConfigurationException;
import io.narthex.config.internal.prometheus.PrometheusYaml;
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

/** A configuration file on disk. */
final class ConfigurationFile {
  private static final long MAX_BYTES = 32L * 1024 * 1024;

  private ConfigurationFile() {}

  /**
   * Reads and checks a file.
   *
   * @throws BadConfigurationException if it cannot be read or anything is wrong with it
   */
  static PrometheusConfig read(String name, PrometheusYaml yaml) {
    return yaml.decode(name, text(name));
  }

  private static String text(String name) {
    try {
      Path path = Path.of(name);
      if (Files.isDirectory(path)) {
        throw unreadable(name, "it is a directory");
      }
      if (Files.size(path) > MAX_BYTES) {
        throw unreadable(name, "it is larger than %d MiB".formatted(MAX_BYTES >> 20));
      }
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Files.readAllBytes(path)))
          .toString();
    } catch (NoSuchFileException e) {
      throw unreadable(name, "there is no such file");
    } catch (AccessDeniedException e) {
      throw unreadable(name, "permission denied");
    } catch (CharacterCodingException e) {
      throw unreadable(name, "it is not UTF-8 text");
    } catch (InvalidPathException | IOException e) {
      throw unreadable(name, String.valueOf(e.getMessage()));
    }
  }

  private static BadConfigurationException unreadable(String name, String reason) {
    String problem =
        "cannot read the configuration file %s (--config.file): %s".formatted(name, reason);
    return new BadConfigurationException(name, List.of(problem));
  }
}
