package io.narthex.launcher;

import java.util.Set;

/**
 * Flags of the Prometheus 3.14 server that this version refuses by name, because it could not do
 * what they ask for.
 */
final class UpstreamFlags {
  static final Set<String> NOT_YET =
      Set.of(
          "agent",
          "alertmanager.drain-notification-queue-on-shutdown",
          "alertmanager.notification-batch-size",
          "alertmanager.notification-queue-capacity",
          "auto-gomaxprocs",
          "auto-gomemlimit",
          "auto-gomemlimit.ratio",
          "storage.agent.no-lockfile",
          "storage.agent.path",
          "storage.agent.retention.max-time",
          "storage.agent.retention.min-time",
          "storage.agent.wal-compression",
          "storage.remote.flush-deadline",
          "storage.remote.read-concurrent-limit",
          "storage.remote.read-max-bytes-in-frame",
          "storage.remote.read-sample-limit",
          "storage.tsdb.delay-compact-file.path",
          "storage.tsdb.head-chunks-write-queue-size",
          "storage.tsdb.max-block-duration",
          "storage.tsdb.min-block-duration",
          "storage.tsdb.no-lockfile",
          "storage.tsdb.retention",
          "storage.tsdb.retention.size",
          "storage.tsdb.samples-per-chunk",
          "storage.tsdb.wal-compression",
          "storage.tsdb.wal-compression-type",
          "storage.tsdb.wal-segment-size",
          "web.config.file",
          "web.console.libraries",
          "web.console.templates",
          "web.enable-otlp-receiver",
          "web.external-url",
          "web.page-title",
          "web.remote-write-receiver.accepted-protobuf-messages",
          "web.route-prefix",
          "web.search.max-limit",
          "web.user-assets");

  private UpstreamFlags() {}
}
