package io.narthex.rules.internal.file;

import io.narthex.api.config.GlobalConfig;
import io.narthex.api.config.PrometheusConfig;
import io.narthex.api.config.RuleFile;
import io.narthex.api.config.RuleSettings;
import io.narthex.api.model.Labels;
import io.narthex.api.model.NameValidation;
import io.narthex.rules.internal.fake.FakeExpressions;
import io.narthex.rules.internal.fake.FakeTemplates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The files of rules in {@code src/test/resources/rules}, and how they are read in tests. */
final class Corpus {
  static final Path FOLDER = Path.of("src/test/resources/rules");

  private Corpus() {}

  /** Files by ending, in order. */
  static List<Path> files(String ending) throws IOException {
    try (Stream<Path> all = Files.list(FOLDER)) {
      return all.filter(f -> f.toString().endsWith(ending)).sorted().toList();
    }
  }

  static RuleSet read(String text) {
    return read(text, NameValidation.UTF8);
  }

  static RuleSet read(String text, NameValidation names) {
    PrometheusConfig config =
        new PrometheusConfig(
            "prometheus.yml",
            new GlobalConfig(
                Duration.ofMinutes(1), Duration.ofSeconds(10), Duration.ofMinutes(1), Labels.EMPTY),
            List.of(),
            new RuleSettings(List.of(new RuleFile("r.yml", text)), Duration.ZERO, List.of(), names),
            0,
            0,
            "");
    return new RuleFiles(new FakeExpressions(), new FakeTemplates()).read(config);
  }
}
