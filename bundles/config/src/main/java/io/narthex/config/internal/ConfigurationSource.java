package io.narthex.config.internal;

import io.narthex.api.flags.ServerFlags;
import io.narthex.api.time.DurationSyntax;
import io.narthex.config.internal.prometheus.BadConfigurationException;
import io.narthex.config.internal.prometheus.ConfigurationFiles.UnreadableFileException;
import io.narthex.config.internal.prometheus.Loaded;
import io.narthex.config.internal.prometheus.Mechanisms;
import io.narthex.config.internal.prometheus.PrometheusYaml;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads the configuration that the command line names. */
final class ConfigurationSource {
  private static final Duration DEFAULT_RETENTION = Duration.ofDays(15);

  private final ServerFlags flags;
  private final LocalFiles files = new LocalFiles();

  ConfigurationSource(ServerFlags flags) {
    this.flags = flags;
  }

  /** The file's name, if one is named. */
  static Optional<String> file(ServerFlags flags) {
    return flags.find("config.file").filter(name -> !name.isEmpty());
  }

  /**
   * Reads and checks everything.
   *
   * @throws BadConfigurationException if a file cannot be read or anything is wrong with it
   */
  Loaded load(Mechanisms mechanisms) {
    PrometheusYaml yaml =
        new PrometheusYaml(
            name -> Optional.ofNullable(System.getenv(name)).orElse(""),
            files,
            mechanisms,
            retention());
    Optional<String> file = file(flags);
    return file.isEmpty()
        ? yaml.decode(
            BuiltInConfiguration.ORIGIN, BuiltInConfiguration.text(flags.all("web.listen-address")))
        : yaml.decode(file.get(), text(file.get()));
  }

  private Duration retention() {
    return flags
        .find("storage.tsdb.retention.time")
        .filter(text -> !text.isEmpty())
        .map(DurationSyntax::parse)
        .orElse(DEFAULT_RETENTION);
  }

  private String text(String name) {
    try {
      return files.read(name);
    } catch (UnreadableFileException e) {
      String problem =
          "cannot read the configuration file %s (--config.file): %s"
              .formatted(name, e.getMessage());
      throw new BadConfigurationException(name, List.of(problem));
    }
  }
}
