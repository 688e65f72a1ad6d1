package io.narthex.pushgateway.internal.group;

import io.narthex.pushgateway.internal.exposition.MemoryWeight;
import io.narthex.pushgateway.internal.exposition.Metric;
import io.narthex.pushgateway.internal.exposition.MetricValue;

/**
 * How much may be kept.
 *
 * @param groups how many groups
 * @param groupBytes how large one group may be, as it is kept in the log
 * @param totalBytes how much memory all groups together may take, as {@link #weight} has it
 */
public record GroupLimits(int groups, int groupBytes, long totalBytes) {
  private static final long MIB = 1024 * 1024;

  static final int GROUP = 512;

  /** What a server of this heap keeps at most. */
  public static GroupLimits forHeap(long maxHeapBytes) {
    return new GroupLimits(
        20_000, (int) (16 * MIB), Math.clamp(maxHeapBytes / 8, 16 * MIB, 1024 * MIB));
  }

  /** About how many bytes of memory a group takes. */
  static long weight(PushedGroup group) {
    long weight = GROUP;
    for (StoredFamily stored : group.families().values()) {
      weight += MemoryWeight.FAMILY;
      for (Metric metric : stored.family().metrics()) {
        weight +=
            MemoryWeight.METRIC
                + (long) MemoryWeight.LABEL * metric.labels().size()
                + weight(metric.value());
        for (int i = 0; i < metric.labels().size(); i++) {
          weight += metric.labels().get(i).value().length();
        }
      }
    }
    return weight;
  }

  private static long weight(MetricValue value) {
    return switch (value) {
      case MetricValue.Summary summary ->
          MemoryWeight.PART + (long) MemoryWeight.PART * summary.quantiles().size();
      case MetricValue.Histogram histogram ->
          MemoryWeight.PART + (long) MemoryWeight.PART * histogram.buckets().size();
      default -> 0;
    };
  }
}
