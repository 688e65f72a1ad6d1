package io.narthex.config.internal.prometheus;

import io.narthex.api.config.GlobalConfig;
import io.narthex.api.config.PrometheusConfig;
import io.narthex.api.config.ScrapeConfig;
import io.narthex.config.internal.yaml.Position;
import io.narthex.config.internal.yaml.Problem;
import io.narthex.config.internal.yaml.YamlNode;
import io.narthex.config.internal.yaml.YamlReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Decodes the text of a prometheus.yml. Everything that is wrong with a file is found in one go.
 */
public final class PrometheusYaml {
  private final GlobalDecoder globals;

  /**
   * A decoder.
   *
   * @param environment gives the value of an environment variable, {@code ""} if it is not set
   */
  public PrometheusYaml(UnaryOperator<String> environment) {
    this.globals = new GlobalDecoder(new EnvironmentExpansion(environment));
  }

  /**
   * Decodes a file.
   *
   * @param origin the file's name, for messages and {@link PrometheusConfig#origin}
   * @throws BadConfigurationException if anything is wrong with it
   */
  public PrometheusConfig decode(String origin, String text) {
    List<Problem> problems = new ArrayList<>();
    Optional<YamlNode> root = YamlReader.read(text, problems);
    PrometheusConfig config = decode(origin, root.orElse(nothing()), problems);
    if (!problems.isEmpty()) {
      List<String> described =
          problems.stream()
              .distinct()
              .sorted(
                  Comparator.comparing((Problem p) -> p.position().line())
                      .thenComparing(p -> p.position().column()))
              .map(p -> p.describe(origin))
              .toList();
      throw new BadConfigurationException(origin, described);
    }
    return config;
  }

  private static YamlNode nothing() {
    return new YamlNode.Scalar(Position.START, "", true, true);
  }

  private PrometheusConfig decode(String origin, YamlNode root, List<Problem> problems) {
    Section section = new Section("the configuration", root, problems);
    GlobalConfig global =
        globals.decode(new Section("global", section.value("global").orElse(nothing()), problems));
    List<ScrapeConfig> scrapes = scrapeConfigs(section, global, problems);
    section.refuseOthers(UpstreamKeys.TOP_LEVEL);
    return new PrometheusConfig(origin, global, scrapes);
  }

  private static List<ScrapeConfig> scrapeConfigs(
      Section section, GlobalConfig global, List<Problem> problems) {
    ScrapeDecoder decoder = new ScrapeDecoder(global, problems);
    Map<String, Integer> firstWithName = new HashMap<>();
    List<ScrapeConfig> scrapes = new ArrayList<>();
    List<YamlNode> items = section.list("scrape_configs");
    for (int i = 0; i < items.size(); i++) {
      ScrapeConfig scrape = decoder.decode("scrape_configs[%d]".formatted(i), items.get(i));
      Integer first = firstWithName.putIfAbsent(scrape.jobName(), i);
      if (first != null && !scrape.jobName().isEmpty()) {
        section.report(
            items.get(i).position(),
            "scrape_configs[%d] has the job_name \"%s\" of scrape_configs[%d]; each must have its own"
                .formatted(i, scrape.jobName(), first));
      }
      scrapes.add(scrape);
    }
    return scrapes;
  }
}
