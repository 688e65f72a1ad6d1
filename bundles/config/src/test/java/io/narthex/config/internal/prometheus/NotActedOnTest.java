package io.narthex.config.internal.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.config.internal.schema.Schema;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NotActedOnTest {
  @Test
  void whatIsNotActedOnIsListedWithItsPlace() {
    String text =
        """
        rule_files: [a.yml]
        alerting:
          alert_relabel_configs: [{action: labeldrop, regex: x}]
          alertmanagers: [{static_configs: [{targets: ["a:1"]}]}]
        global:
          rule_query_offset: 1m
          scrape_native_histograms: true
        scrape_configs:
          - job_name: a
            scrape_native_histograms: false
            native_histogram_bucket_limit: 5
            consul_sd_configs: [{server: x}]
            file_sd_configs: [{files: [a.json]}]
        remote_write: []
        storage: {tsdb: {out_of_order_time_window: 1h, retention: {time: 1d}}}
        """;

    assertThat(Corpus.decode("p.yml", text, Set.of("file")).notActedOn())
        .containsExactly(
            "global.scrape_native_histograms (p.yml:7:3)",
            "alerting.alertmanagers (p.yml:4:3)",
            "scrape_configs[0].native_histogram_bucket_limit (p.yml:11:5)",
            "storage.tsdb.retention (p.yml:15:48)",
            "scrape_configs[0].consul_sd_configs (p.yml:12:5)");
  }

  @Test
  void aMechanismThatIsInstalledIsActedOn() {
    String text = "scrape_configs: [{job_name: a, consul_sd_configs: [{server: x}]}]\n";

    assertThat(Corpus.decode("p.yml", text, Set.of("consul")).notActedOn()).isEmpty();
  }

  @Test
  void everyListedKeyStandsInTheSchema() {
    Set<String> keys = Schema.load().keys("prometheus");

    assertThat(NotActedOn.keys()).isNotEmpty();
    assertThat(keys).containsAll(NotActedOn.keys().keySet());
  }
}
