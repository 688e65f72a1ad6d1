package io.narthex.storage.internal.append;

import io.narthex.storage.internal.document.CommitEncoder;
import io.narthex.storage.internal.head.DocumentApplier;
import io.narthex.storage.internal.head.Head;
import io.narthex.storage.internal.series.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Turns a transaction into the parts of a commit, without changing anything but its slots' marks of
 * this pass.
 */
final class CommitEncoding {
  /** Far enough below the largest document of a log that one definition more always fits. */
  private static final int PART_BYTES = 512 * 1024;

  private final List<DocumentApplier.Part> parts = new ArrayList<>();
  private final CommitEncoder encoder =
      new CommitEncoder(
          PART_BYTES,
          (bytes, length, last) ->
              parts.add(
                  new DocumentApplier.Part(last ? bytes : Arrays.copyOf(bytes, length), length)));

  /** Decides whether a sample goes in, by what this pass has seen. */
  @FunctionalInterface
  interface Check {
    boolean accepts(Slot slot, long time, long bits, long pass);
  }

  /** The parts; none if no sample was accepted. Valid until the next call. */
  List<DocumentApplier.Part> encode(
      SlotAppender transaction, Check check, Head head, DocumentApplier applier, long segment) {
    parts.clear();
    int nextRef = applier.nextRef();
    encoder.begin(nextRef);
    long pass = transaction.nextPass();
    int accepted = 0;
    for (int i = 0; i < transaction.size(); i++) {
      Slot slot = transaction.slotOfSample(i);
      boolean first = slot.stamp != pass;
      if (first) {
        slot.series = current(slot, head);
      }
      if (!check.accepts(slot, transaction.time(i), transaction.bits(i), pass)) {
        continue;
      }
      long base = slot.bits;
      if (first) {
        int ref = slot.series == null ? -1 : slot.series.refIn(segment);
        base = ref < 0 ? 0 : applier.lastBits(ref);
        if (ref < 0) {
          encoder.define(slot.labels);
          ref = nextRef++;
        }
        slot.ref = ref;
      }
      encoder.sample(slot.ref, transaction.time(i), transaction.bits(i), base);
      slot.stamp = pass;
      slot.time = transaction.time(i);
      slot.bits = transaction.bits(i);
      accepted++;
    }
    if (accepted > 0) {
      encoder.finish();
    }
    return accepted == 0 ? List.of() : parts;
  }

  private static @org.jspecify.annotations.Nullable Series current(Slot slot, Head head) {
    Series series = slot.series;
    return series == null || series.removed() ? head.find(slot.labels) : series;
  }
}
