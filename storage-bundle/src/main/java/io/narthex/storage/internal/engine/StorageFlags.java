package io.narthex.storage.internal.engine;

import io.narthex.api.flags.ServerFlags;
import io.narthex.storage.internal.append.IngestLimits;
import java.time.Duration;
import java.util.Arrays;

/** What the command line says to the storage. */
final class StorageFlags {
  static final String HEAD_BYTES = "storage.head.max-bytes";
  static final String SYNC_INTERVAL = "storage.log.sync-interval";
  static final String RETENTION = "storage.tsdb.retention.time";
  static final String FEATURES = "enable-feature";
  static final String EXEMPLARS = "exemplar-storage";

  private static final long SMALLEST_HEAD = 1 << 20;
  private static final Duration DEFAULT_RETENTION = Duration.ofDays(15);

  private StorageFlags() {}

  static IngestLimits limits(ServerFlags flags, long maxHeap) {
    String headBytes = flags.find(HEAD_BYTES).orElse("");
    return new IngestLimits(
        retentionMillis(flags.duration(RETENTION)),
        IngestLimits.FUTURE_MILLIS,
        headBytes.isEmpty() ? headLimit(maxHeap) : headBytes(headBytes),
        syncInterval(flags).isZero());
  }

  private static long headBytes(String text) {
    try {
      long bytes = ByteSize.parse(text);
      if (bytes >= SMALLEST_HEAD) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--%s: %s".formatted(HEAD_BYTES, e.getMessage()), e);
    }
    throw new IllegalArgumentException(
        "--%s: %s is too small, at least 1MB is needed".formatted(HEAD_BYTES, text));
  }

  /** How often the log is synced; zero: with every commit. */
  static Duration syncInterval(ServerFlags flags) {
    return flags.duration(SYNC_INTERVAL);
  }

  /** As upstream: 0 means the default. */
  static long retentionMillis(Duration flag) {
    return flag.isZero() ? DEFAULT_RETENTION.toMillis() : flag.toMillis();
  }

  /**
   * The head may take this much of the heap: queries, scrapes and the rest of the server need
   * theirs.
   */
  static long headLimit(long maxHeap) {
    return maxHeap / 10 * 6;
  }

  static boolean keepsExemplars(ServerFlags flags) {
    return flags.all(FEATURES).stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .anyMatch(feature -> feature.strip().equals(EXEMPLARS));
  }
}
