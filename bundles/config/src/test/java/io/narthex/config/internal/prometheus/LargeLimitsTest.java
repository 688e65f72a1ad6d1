package io.narthex.config.internal.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.config.PrometheusConfig;
import io.narthex.api.config.ScrapeConfig;
import io.narthex.api.config.ScrapeLimits;
import org.junit.jupiter.api.Test;

class LargeLimitsTest {
  @Test
  void limitsBeyondWhatCanBeCountedAreNone() {
    ScrapeConfig job =
        job(
            """
            scrape_configs:
            - job_name: a
              sample_limit: 18446744073709551615
              label_limit: 9223372036854775808
              label_name_length_limit: 9223372036854775807
              label_value_length_limit: 1_000
              target_limit: 1.8e19
              keep_dropped_targets: 0xffffffffffffffff
              body_size_limit: 8EiB
            """);
    assertThat(job.options().limits())
        .isEqualTo(
            new ScrapeLimits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 1000, Long.MAX_VALUE));
    assertThat(job.targetLimit()).isEqualTo(Long.MAX_VALUE);
    assertThat(job.keepDroppedTargets()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aModulusHasAllItsBits() {
    ScrapeConfig job =
        job(
            """
            scrape_configs:
            - job_name: a
              relabel_configs:
              - {action: hashmod, modulus: 18446744073709551615, target_label: x}
            """);
    assertThat(job.relabelRules().getFirst().modulus()).isEqualTo(-1L);
  }

  @Test
  void theyAreShownAsUpstreamShowsThem() {
    PrometheusConfig config =
        Corpus.decode("f", "global: {sample_limit: 18446744073709551615, body_size_limit: 8EiB}")
            .config();
    assertThat(config.text())
        .contains("  sample_limit: 18446744073709551615\n")
        .contains("  body_size_limit: -8EiB\n");
  }

  private static ScrapeConfig job(String text) {
    return Corpus.decode("f", text).config().scrapeConfigs().getFirst();
  }
}
