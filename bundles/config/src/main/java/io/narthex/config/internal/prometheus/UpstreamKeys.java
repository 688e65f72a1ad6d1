package io.narthex.config.internal.prometheus;

import java.util.Set;

/**
 * The keys of prometheus.yml in Prometheus 3.14 that this version does not act on yet. A file that
 * has one is refused with a message that says so: to ignore it would mean to run something else
 * than what was configured.
 */
final class UpstreamKeys {
  static final Set<String> TOP_LEVEL =
      Set.of(
          "runtime",
          "alerting",
          "rule_files",
          "scrape_config_files",
          "storage",
          "tracing",
          "remote_write",
          "remote_read",
          "otlp");

  static final Set<String> GLOBAL =
      Set.of(
          "scrape_protocols",
          "rule_query_offset",
          "query_log_file",
          "scrape_failure_log_file",
          "body_size_limit",
          "sample_limit",
          "target_limit",
          "label_limit",
          "label_name_length_limit",
          "label_value_length_limit",
          "keep_dropped_targets",
          "metric_name_validation_scheme",
          "metric_name_escaping_scheme",
          "scrape_native_histograms",
          "convert_classic_histograms_to_nhcb",
          "always_scrape_classic_histograms",
          "extra_scrape_metrics");

  static final Set<String> SCRAPE =
      Set.of(
          "track_timestamps_staleness",
          "scrape_protocols",
          "fallback_scrape_protocol",
          "scrape_native_histograms",
          "always_scrape_classic_histograms",
          "convert_classic_histograms_to_nhcb",
          "scrape_failure_log_file",
          "enable_compression",
          "body_size_limit",
          "sample_limit",
          "target_limit",
          "label_limit",
          "label_name_length_limit",
          "label_value_length_limit",
          "native_histogram_bucket_limit",
          "native_histogram_min_bucket_factor",
          "keep_dropped_targets",
          "metric_name_validation_scheme",
          "metric_name_escaping_scheme",
          "extra_scrape_metrics",
          "relabel_configs",
          "metric_relabel_configs",
          "basic_auth",
          "authorization",
          "oauth2",
          "bearer_token",
          "bearer_token_file",
          "tls_config",
          "follow_redirects",
          "enable_http2",
          "proxy_url",
          "no_proxy",
          "proxy_from_environment",
          "proxy_connect_header",
          "http_headers",
          "azure_sd_configs",
          "aws_sd_configs",
          "consul_sd_configs",
          "digitalocean_sd_configs",
          "dns_sd_configs",
          "docker_sd_configs",
          "dockerswarm_sd_configs",
          "ec2_sd_configs",
          "ecs_sd_configs",
          "elasticache_sd_configs",
          "eureka_sd_configs",
          "file_sd_configs",
          "gce_sd_configs",
          "hetzner_sd_configs",
          "http_sd_configs",
          "ionos_sd_configs",
          "kubernetes_sd_configs",
          "kuma_sd_configs",
          "lightsail_sd_configs",
          "linode_sd_configs",
          "marathon_sd_configs",
          "msk_sd_configs",
          "nerve_sd_configs",
          "nomad_sd_configs",
          "oci_sd_configs",
          "openstack_sd_configs",
          "outscale_sd_configs",
          "ovhcloud_sd_configs",
          "puppetdb_sd_configs",
          "rds_sd_configs",
          "scaleway_sd_configs",
          "serverset_sd_configs",
          "stackit_sd_configs",
          "triton_sd_configs",
          "uyuni_sd_configs",
          "vultr_sd_configs");

  private UpstreamKeys() {}
}
