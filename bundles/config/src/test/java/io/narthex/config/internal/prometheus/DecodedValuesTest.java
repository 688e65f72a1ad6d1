package io.narthex.config.internal.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.config.PrometheusConfig;
import io.narthex.api.config.RuleFile;
import io.narthex.api.config.RuleSettings;
import io.narthex.api.config.ScrapeConfig;
import io.narthex.api.config.ScrapeLimits;
import io.narthex.api.config.ScrapeOptions;
import io.narthex.api.config.ScrapeProtocol;
import io.narthex.api.http.HttpAuthorization;
import io.narthex.api.http.HttpClientConfig;
import io.narthex.api.http.SecretSource;
import io.narthex.api.http.TlsConfig;
import io.narthex.api.model.NameValidation;
import io.narthex.api.relabel.RelabelAction;
import io.narthex.api.relabel.RelabelRule;
import io.narthex.api.section.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is acted on arrives in the records of the API. */
class DecodedValuesTest {
  @Test
  void aJobWithoutAnythingHasUpstreamsDefaults() {
    ScrapeConfig job = job("{job_name: a}");

    assertThat(job.options()).isEqualTo(ScrapeOptions.DEFAULT);
    assertThat(job.relabelRules()).isEmpty();
    assertThat(job.targetLimit()).isZero();
  }

  @Test
  void limitsAreInheritedAndOverridden() {
    PrometheusConfig config =
        decode(
            """
            global: {sample_limit: 10, body_size_limit: 1KB, target_limit: 3, keep_dropped_targets: 4}
            scrape_configs:
              - {job_name: a, sample_limit: 20, label_limit: 5}
            """);

    ScrapeConfig job = config.scrapeConfigs().getFirst();
    assertThat(job.options().limits()).isEqualTo(new ScrapeLimits(20, 5, 0, 0, 1024));
    assertThat(job.targetLimit()).isEqualTo(3);
    assertThat(job.keepDroppedTargets()).isEqualTo(4);
  }

  @Test
  void withoutRulesThereAreNone() {
    assertThat(decode("{}").rules()).isEqualTo(RuleSettings.NONE);
    assertThat(decode("{}").global().evaluationInterval()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void whatIsSaidAboutRulesArrivesWithTheTextOfTheirFiles() {
    PrometheusConfig config =
        decode(
            """
            global:
              evaluation_interval: 7s
              rule_query_offset: 90s
              metric_name_validation_scheme: legacy
            alerting:
              alert_relabel_configs: [{action: labeldrop, regex: replica}]
            rule_files: [a.rules, none.rules, b.rules, a.rules]
            """);

    assertThat(config.global().evaluationInterval()).isEqualTo(Duration.ofSeconds(7));
    assertThat(config.rules())
        .isEqualTo(
            new RuleSettings(
                List.of(
                    new RuleFile("folder/a.rules", "groups: []\n"),
                    new RuleFile("folder/b.rules", "# nothing\n")),
                Duration.ofSeconds(90),
                List.of(
                    new RelabelRule(
                        List.of(),
                        ";",
                        "replica",
                        0,
                        "",
                        "$1",
                        RelabelAction.LABELDROP,
                        NameValidation.LEGACY)),
                NameValidation.LEGACY));
  }

  @Test
  void relabellingRulesAreReadWithTheirDefaults() {
    ScrapeConfig job =
        job(
            "{job_name: a, relabel_configs: [{source_labels: [x, y], target_label: z},"
                + " {action: LabelDrop, regex: q}], metric_relabel_configs: [{action: hashmod,"
                + " source_labels: [x], separator: '', modulus: 7, target_label: h}]}");

    assertThat(job.relabelRules())
        .containsExactly(
            new RelabelRule(
                List.of("x", "y"),
                ";",
                "(.*)",
                0,
                "z",
                "$1",
                RelabelAction.REPLACE,
                NameValidation.UTF8),
            new RelabelRule(
                List.of(), ";", "q", 0, "", "$1", RelabelAction.LABELDROP, NameValidation.UTF8));
    assertThat(job.options().metricRelabelRules())
        .containsExactly(
            new RelabelRule(
                List.of("x"),
                "",
                "(.*)",
                7,
                "h",
                "$1",
                RelabelAction.HASHMOD,
                NameValidation.UTF8));
  }

  @Test
  void protocolsComeFromTheJobThenFromGlobalThenFromNativeHistograms() {
    assertThat(job("{job_name: a, scrape_native_histograms: true}").options().protocols())
        .startsWith(ScrapeProtocol.PROMETHEUS_PROTO)
        .hasSize(5);
    ScrapeOptions own =
        job("{job_name: a, scrape_protocols: [PrometheusText0.0.4],"
                + " fallback_scrape_protocol: PrometheusText1.0.0}")
            .options();
    assertThat(own.protocols()).containsExactly(ScrapeProtocol.PROMETHEUS_TEXT_0_0_4);
    assertThat(own.fallbackProtocol()).contains(ScrapeProtocol.PROMETHEUS_TEXT_1_0_0);
  }

  @Test
  void legacyNamesAreAskedForWithUnderscores() {
    ScrapeOptions options = job("{job_name: a, metric_name_validation_scheme: legacy}").options();

    assertThat(options.names()).isEqualTo(NameValidation.LEGACY);
    assertThat(options.escaping()).isEqualTo("underscores");
  }

  @Test
  void theOldBearerTokenIsAnAuthorization() {
    assertThat(job("{job_name: a, bearer_token_file: t}").options().http().authorization())
        .isEqualTo(
            new HttpAuthorization.Credentials(
                "Bearer", new SecretSource.InFile(Path.of("folder/t"))));
  }

  @Test
  void connectionsAreDescribed() {
    HttpClientConfig http =
        job("{job_name: a, basic_auth: {username: u, password: p}, tls_config: {ca_file: /ca.pem,"
                + " min_version: TLS12}, proxy_url: 'http://p:1', no_proxy: x,"
                + " follow_redirects: false, http_headers: {A: {values: [b]}}}")
            .options()
            .http();

    assertThat(http.authorization())
        .isEqualTo(
            new HttpAuthorization.Basic(
                Optional.of(new SecretSource.Inline(new Secret("u"))),
                Optional.of(new SecretSource.Inline(new Secret("p")))));
    assertThat(http.tls().ca()).contains(new SecretSource.InFile(Path.of("/ca.pem")));
    assertThat(http.tls().minVersion()).contains(TlsConfig.TlsVersion.TLS12);
    assertThat(http.proxy().url()).hasToString("Optional[http://p:1]");
    assertThat(http.proxy().noProxy()).isEqualTo("x");
    assertThat(http.followRedirects()).isFalse();
    assertThat(http.enableHttp2()).isTrue();
    assertThat(http.headers())
        .isEqualTo(
            Map.of("A", new HttpClientConfig.HeaderValues(List.of("b"), List.of(), List.of())));
  }

  @Test
  void anAssertionOfOAuth2HasItsClaimsAsJson() {
    HttpAuthorization authorization =
        job("{job_name: a, oauth2: {client_id: c, token_url: t, client_certificate_key: k,"
                + " grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',"
                + " claims: {n: 5, s: '5', b: yes, l: [1, x], m: {q: \"a\\\"b\"}, z: null}}}")
            .options()
            .http()
            .authorization();

    assertThat(authorization).isInstanceOf(HttpAuthorization.OAuth2.class);
    HttpAuthorization.OAuth2Proof proof = ((HttpAuthorization.OAuth2) authorization).proof();
    assertThat(((HttpAuthorization.OAuth2Proof.SignedAssertion) proof).claims())
        .isEqualTo(
            Map.of(
                "n", "5",
                "s", "\"5\"",
                "b", "true",
                "l", "[1,\"x\"]",
                "m", "{\"q\":\"a\\\"b\"}",
                "z", "null"));
  }

  @Test
  void storageSaysWhatTheHeadTakes() {
    PrometheusConfig config =
        decode("storage: {tsdb: {out_of_order_time_window: 30m}, exemplars: {max_exemplars: 5}}\n");

    assertThat(config.outOfOrderWindowMillis()).isEqualTo(1_800_000);
    assertThat(config.maxExemplars()).isEqualTo(5);
    assertThat(decode("").maxExemplars()).isEqualTo(PrometheusConfig.DEFAULT_MAX_EXEMPLARS);
    assertThat(decode("storage: {exemplars: {max_exemplars: -1}}").maxExemplars()).isZero();
  }

  @Test
  void discoveriesKeepTheirSectionAndFolder() {
    ScrapeConfig job = job("{job_name: a, file_sd_configs: [{files: [x.json]}]}");

    assertThat(job.discoveryConfigs())
        .singleElement()
        .satisfies(
            config -> {
              assertThat(config.mechanism()).isEqualTo("file");
              assertThat(config.directory()).isEqualTo(Path.of("folder"));
            });
  }

  @Test
  void aMechanismOfADropInIsTakenIfItIsInstalledAndItsSecretsAreHidden() {
    String text =
        "scrape_configs: [{job_name: a, moon_sd_configs: [{phase: full, apiToken: hunter2}]}]\n";

    PrometheusConfig config = Corpus.decode("p.yml", text, Set.of("moon")).config();

    assertThat(config.scrapeConfigs().getFirst().discoveryConfigs())
        .singleElement()
        .satisfies(discovery -> assertThat(discovery.mechanism()).isEqualTo("moon"));
    assertThat(config.text())
        .contains("  moon_sd_configs:\n  - phase: full\n    apiToken: <secret>\n");
  }

  private static ScrapeConfig job(String flow) {
    return decode("scrape_configs: [" + flow + "]\n").scrapeConfigs().getFirst();
  }

  private static PrometheusConfig decode(String text) {
    return Corpus.decode("folder/prometheus.yml", text).config();
  }
}
