package io.narthex.storage.internal.labels;

import io.narthex.storage.internal.memory.Reclaimer;

/** A reclaimer whose readers the test opens and closes. */
final class Readers {
  long commit;
  long oldest = Long.MAX_VALUE;
  final Reclaimer reclaimer = new Reclaimer(() -> commit, () -> oldest);

  void open() {
    oldest = commit;
  }

  void close() {
    oldest = Long.MAX_VALUE;
    commit++;
    reclaimer.reclaim();
  }
}
