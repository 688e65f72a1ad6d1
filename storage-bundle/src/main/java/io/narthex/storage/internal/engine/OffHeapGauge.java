package io.narthex.storage.internal.engine;

import io.narthex.api.metrics.Gauge;
import io.narthex.storage.internal.memory.MemoryKind;

/** Shows how much memory outside of the heap is allocated for what; to be run now and then. */
final class OffHeapGauge implements Runnable {
  private final Gauge gauge;

  /** A gauge whose one label is the kind. */
  OffHeapGauge(Gauge gauge) {
    this.gauge = gauge;
  }

  @Override
  public void run() {
    for (MemoryKind kind : MemoryKind.values()) {
      gauge.labels(kind.text()).set(kind.bytes());
    }
  }
}
