package io.narthex.alerting.internal;

import io.narthex.alerting.internal.config.AlertmanagerYaml;
import io.narthex.alerting.internal.config.BadConfigurationException;
import io.narthex.alerting.internal.config.ConfigFiles;
import io.narthex.alerting.internal.config.Loaded;
import io.narthex.alerting.internal.config.NotifierKinds;
import io.narthex.api.flags.ServerFlags;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads the configuration that the command line names. */
final class ConfigurationFile {
  private static final String FLAG = "alertmanager.config.file";

  /** What the configuration is called that is in force when no file is given. */
  static final String BUILT_IN = "(built-in)";

  /** Tells nobody; alerts are there to be looked at. */
  private static final String NOBODY =
      """
      route:
        receiver: nobody
      receivers:
        - name: nobody
      """;

  private final Optional<String> name;
  private final ConfigFiles files;

  ConfigurationFile(ServerFlags flags, ConfigFiles files) {
    this.name = flags.find(FLAG).filter(text -> !text.isEmpty());
    this.files = files;
  }

  /** The file's name as the command line has it; empty: none is given. */
  Optional<String> name() {
    return name;
  }

  /**
   * Reads and checks everything.
   *
   * @throws BadConfigurationException if a file cannot be read or anything is wrong with it
   */
  Loaded load(NotifierKinds kinds) {
    AlertmanagerYaml yaml = new AlertmanagerYaml(kinds, files);
    return name.map(file -> yaml.decode(file, text(file)))
        .orElseGet(() -> yaml.decode(BUILT_IN, NOBODY));
  }

  private String text(String file) {
    try {
      return files.read(Path.of(file));
    } catch (IOException e) {
      String why = e instanceof NoSuchFileException ? "there is no such file" : e.getMessage();
      throw new BadConfigurationException(
          file,
          List.of("cannot read the configuration file %s (--%s): %s".formatted(file, FLAG, why)));
    }
  }
}
