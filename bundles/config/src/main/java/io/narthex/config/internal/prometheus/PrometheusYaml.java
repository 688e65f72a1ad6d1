package io.narthex.config.internal.prometheus;

import io.narthex.api.config.GlobalConfig;
import io.narthex.api.config.PrometheusConfig;
import io.narthex.api.config.RuleSettings;
import io.narthex.api.config.ScrapeConfig;
import io.narthex.api.section.Position;
import io.narthex.api.section.Section;
import io.narthex.api.section.Suggestion;
import io.narthex.api.yaml.YamlValue;
import io.narthex.api.yaml.YamlWriter;
import io.narthex.config.internal.schema.Schema;
import io.narthex.config.internal.schema.Settings;
import io.narthex.config.internal.schema.StructReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Decodes the text of a prometheus.yml and of the files it names. Everything that is wrong is found
 * in one go.
 */
public final class PrometheusYaml {
  private static final Schema SCHEMA = Schema.load();

  private final UnaryOperator<String> environment;
  private final ConfigurationFiles files;
  private final Mechanisms mechanisms;
  private final Duration retention;

  /**
   * A decoder.
   *
   * @param environment gives the value of an environment variable, {@code ""} if it is not set
   * @param files where other files come from
   * @param mechanisms the mechanisms of service discovery that are installed
   * @param retention how long samples are kept where the file does not say
   */
  public PrometheusYaml(
      UnaryOperator<String> environment,
      ConfigurationFiles files,
      Mechanisms mechanisms,
      Duration retention) {
    this.environment = environment;
    this.files = files;
    this.mechanisms = mechanisms;
    this.retention = retention;
  }

  /**
   * Decodes a file.
   *
   * @param origin the file's name, for messages, for {@link PrometheusConfig#origin}, and for the
   *     folder that relative paths are relative to
   * @throws BadConfigurationException if anything is wrong with it or with the files it names
   */
  public Loaded decode(String origin, String text) {
    SourceFile file = new SourceFile(origin, folder(Path.of(origin)), text);
    StructReader reader = new StructReader(SCHEMA, this::isTaken);
    Settings root = reader.read("prometheus", file.section("the configuration"));
    Settings global = root.child("global").orElseThrow();
    GlobalConfig globalConfig =
        new GlobalDecoder(new EnvironmentExpansion(environment))
            .decode(global, root.section().value("global").isPresent());
    JobDecoder jobs =
        new JobDecoder(new ScrapeDecoder(global, new DiscoveryDecoder(mechanisms)), file);
    List<ScrapeConfig> scrapes = new ArrayList<>(jobs.decode(file, root));
    List<SourceFile> sources = new ArrayList<>(List.of(file));
    scrapes.addAll(scrapeFiles(file, root, jobs, sources));
    RuleSettings rules = new RuleDecoder(files, file).decode(root, global);
    StorageDecoder storage = new StorageDecoder(root, retention, reader);
    storage.decode();
    SectionChecks.check(root, global, mechanisms, files);
    refuse(origin, sources);
    PrometheusConfig config =
        new PrometheusConfig(
            origin,
            globalConfig,
            scrapes,
            rules,
            storage.maxExemplars(),
            storage.outOfOrderWindowMillis(),
            YamlWriter.write((YamlValue.Mapping) root.shown()));
    return new Loaded(config, new NotActedOn(SCHEMA.mechanisms(), mechanisms).find(sources));
  }

  private static Path folder(Path file) {
    return Optional.ofNullable(file.getParent()).orElse(Path.of(""));
  }

  private List<ScrapeConfig> scrapeFiles(
      SourceFile file, Settings root, JobDecoder jobs, List<SourceFile> sources) {
    FilePatterns.check(root, "scrape_config_files");
    List<ScrapeConfig> scrapes = new ArrayList<>();
    for (String pattern : root.texts("scrape_config_files")) {
      for (Path match : files.matching(pattern)) {
        read(file, root, match)
            .ifPresent(
                source -> {
                  sources.add(source);
                  Section section = source.section("the scrape config file");
                  Settings settings =
                      new StructReader(SCHEMA, this::isTaken).read("scrape_file", section);
                  scrapes.addAll(jobs.decode(source, settings));
                });
      }
    }
    return scrapes;
  }

  private Optional<SourceFile> read(SourceFile main, Settings root, Path file) {
    try {
      return Optional.of(new SourceFile(file.toString(), folder(file), files.read(file)));
    } catch (ConfigurationFiles.UnreadableFileException e) {
      Position at = root.section().valuePosition("scrape_config_files");
      main.report(at, "cannot read the scrape config file %s: %s".formatted(file, e.getMessage()));
      return Optional.empty();
    }
  }

  private static void refuse(String origin, List<SourceFile> sources) {
    List<String> problems =
        sources.stream().flatMap(source -> source.describedProblems().stream()).toList();
    if (!problems.isEmpty()) {
      throw new BadConfigurationException(origin, problems);
    }
  }

  /** Whether the sections of a mechanism that upstream does not have are taken. */
  private boolean isTaken(String mechanism) {
    return mechanisms.isInstalled(mechanism)
        || mechanisms.mayCome() && Suggestion.nearest(mechanism, SCHEMA.mechanisms()).isEmpty();
  }
}
