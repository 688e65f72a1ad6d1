package io.narthex.storage.internal.append;

import io.narthex.storage.internal.document.CommitEncoder;
import io.narthex.storage.internal.head.DocumentApplier;
import io.narthex.storage.internal.head.Head;
import io.narthex.storage.internal.series.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns a transaction into the parts of a commit, without changing anything but its slots' marks of
 * this pass.
 */
final class CommitEncoding {
  /** Far enough below the largest document of a log that one definition more always fits. */
  private static final int PART_BYTES = 512 * 1024;

  private final List<DocumentApplier.Part> parts = new ArrayList<>();
  private int nextRef;
  private final CommitEncoder encoder =
      new CommitEncoder(
          PART_BYTES,
          (bytes, length, last) ->
              parts.add(
                  new DocumentApplier.Part(last ? bytes : Arrays.copyOf(bytes, length), length)));

  /** Decides whether a sample goes in, by what this pass has seen. */
  @FunctionalInterface
  interface Check {
    boolean accepts(Slot slot, long time, long bits, int pass);
  }

  /** The parts; none if no sample was accepted. Valid until the next call. */
  List<DocumentApplier.Part> encode(
      SlotAppender transaction, Check check, Head head, DocumentApplier applier, int segment) {
    parts.clear();
    nextRef = applier.nextRef();
    encoder.begin(nextRef);
    int pass = transaction.nextPass();
    int accepted = samples(transaction, check, head, applier, segment, pass);
    accepted += exemplars(transaction, head, segment, pass);
    if (accepted > 0) {
      encoder.finish();
    }
    return accepted == 0 ? List.of() : parts;
  }

  private int samples(
      SlotAppender transaction,
      Check check,
      Head head,
      DocumentApplier applier,
      int segment,
      int pass) {
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
        base = refer(slot, segment) ? applier.lastBits(slot.ref) : 0;
      }
      encoder.sample(slot.ref, transaction.time(i), transaction.bits(i), base);
      slot.stamp = pass;
      slot.time = transaction.time(i);
      slot.bits = transaction.bits(i);
      accepted++;
    }
    return accepted;
  }

  /** Series are defined first: their definitions stand with samples. */
  private int exemplars(SlotAppender transaction, Head head, int segment, int pass) {
    List<SlotAppender.PendingExemplar> pending = transaction.exemplars();
    for (SlotAppender.PendingExemplar each : pending) {
      Slot slot = each.slot();
      if (slot.stamp != pass) {
        slot.series = current(slot, head);
        if (slot.series != null) {
          refer(slot, segment);
          slot.stamp = pass;
        }
      }
    }
    int accepted = 0;
    for (SlotAppender.PendingExemplar each : pending) {
      // Without a sample, ever, there is no series that it could be an example of.
      if (each.slot().stamp == pass) {
        encoder.exemplar(each.slot().ref, each.exemplar());
        accepted++;
      }
    }
    return accepted;
  }

  /** Gives the slot its reference in the segment; says whether it was there already. */
  private boolean refer(Slot slot, int segment) {
    int ref = slot.series == null ? -1 : slot.series.refIn(segment);
    boolean known = ref >= 0;
    if (!known) {
      encoder.define(slot.labels);
      ref = nextRef++;
    }
    slot.ref = ref;
    return known;
  }

  private static @Nullable Series current(Slot slot, Head head) {
    Series series = slot.series;
    return series == null || series.removed() ? head.find(slot.labels) : series;
  }
}
