package io.narthex.config.internal.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.config.GlobalConfig;
import io.narthex.api.config.PrometheusConfig;
import io.narthex.api.config.ScrapeConfig;
import io.narthex.api.config.StaticTargets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each {@code *.good.yml} is read as its {@code *.good.txt} says. */
class GoodConfigurationCorpusTest {
  @TestFactory
  Stream<DynamicTest> eachGoodFileIsReadAsExpected() throws IOException {
    List<Path> files = Corpus.files(Corpus.FOLDER, ".good.yml");
    assertThat(files).hasSizeGreaterThan(8);
    return files.stream()
        .map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> check(f)));
  }

  private static void check(Path file) throws IOException {
    PrometheusConfig config = Corpus.decode("prometheus.yml", Files.readString(file)).config();
    Path golden = Path.of(file.toString().replace(".good.yml", ".good.txt"));
    assertThat(describe(config)).isEqualTo(Files.readString(golden));
  }

  private static String describe(PrometheusConfig config) {
    List<String> lines = new ArrayList<>();
    GlobalConfig global = config.global();
    lines.add(
        "global every %s within %s, rules every %s, external %s"
            .formatted(
                global.scrapeInterval(),
                global.scrapeTimeout(),
                global.evaluationInterval(),
                global.externalLabels()));
    for (ScrapeConfig job : config.scrapeConfigs()) {
      lines.add(
          "job %s every %s within %s: %s %s %s honor_labels=%s honor_timestamps=%s"
              .formatted(
                  job.jobName(),
                  job.scrapeInterval(),
                  job.scrapeTimeout(),
                  job.scheme(),
                  job.metricsPath(),
                  new TreeMap<>(job.params()),
                  job.options().honorLabels(),
                  job.options().honorTimestamps()));
      for (StaticTargets group : job.staticConfigs()) {
        lines.add("  targets %s %s".formatted(group.targets(), group.labels()));
      }
    }
    return String.join("\n", lines) + "\n";
  }
}
