package io.narthex.storage.internal.append;

import io.narthex.api.model.Labels;
import io.narthex.api.model.histogram.NativeHistogram;
import io.narthex.api.storage.AppendOutcome;
import io.narthex.storage.internal.document.CommitEncoder;
import io.narthex.storage.internal.head.DocumentApplier;
import io.narthex.storage.internal.head.Head;
import io.narthex.storage.internal.panel.Panel;
import io.narthex.storage.internal.panel.RowEncoder;
import io.narthex.storage.internal.panel.RowInput;
import io.narthex.storage.internal.panel.SlotStates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Turns a transaction into the parts of a commit, without changing anything but its slots' marks of
 * this pass. Samples of one time that go to one panel become a row; what does not fit into rows
 * goes in loose, after them.
 */
final class CommitEncoding {
  /** Far enough below the largest document of a log that one definition more always fits. */
  private static final int PART_BYTES = 512 * 1024;

  private final List<DocumentApplier.Part> parts = new ArrayList<>();
  private final TimeOrder order = new TimeOrder();
  private final Head head;
  private final RowPlans plans;
  private final RowEncoder rows = new RowEncoder();
  private final CommitEncoder encoder =
      new CommitEncoder(
          PART_BYTES,
          (bytes, length, last) ->
              parts.add(
                  new DocumentApplier.Part(last ? bytes : Arrays.copyOf(bytes, length), length)));
  private int nextRef;
  private int segment;
  private int pass;
  private int[] loose = new int[16];
  private int looseCount;
  private final List<Integer> late = new ArrayList<>(0);

  /** Is told of samples that do not go in after all. */
  @FunctionalInterface
  interface Refusals {
    void refused(AppendOutcome outcome, boolean isHistogram);
  }

  CommitEncoding(Head head) {
    this.head = head;
    this.plans = new RowPlans(head);
  }

  /** The parts; none if no sample was accepted. Valid until the next call. */
  List<DocumentApplier.Part> encode(
      SlotAppender transaction, Refusals refusals, DocumentApplier applier, int inSegment) {
    parts.clear();
    segment = inSegment;
    nextRef = applier.nextRef();
    encoder.begin(nextRef);
    if (transaction.rows().count() > 0) {
      if (transaction.rows().areRows(segment)) {
        return encodeRows(transaction);
      }
      transaction.spill();
    }
    pass = transaction.nextPass();
    looseCount = 0;
    late.clear();
    accept(transaction, refusals);
    order.sort(transaction.times());
    plans.begin(segment, !order.isSingle());
    for (int from = 0; from < order.size(); ) {
      from = group(transaction, from);
    }
    looseSamples(transaction, applier);
    int accepted = order.size() + late.size() + exemplars(transaction);
    if (accepted > 0) {
      encoder.finish();
    }
    return accepted == 0 ? List.of() : parts;
  }

  /**
   * The parts of a deletion: of each series what it has by now within a range of time, so that what
   * comes later is seen. None if no series has anything.
   */
  List<DocumentApplier.Part> encodeDeletion(
      List<Labels> series, long minTime, long maxTime, DocumentApplier applier, int inSegment) {
    parts.clear();
    int next = applier.nextRef();
    encoder.begin(next);
    boolean isEmpty = true;
    for (Labels labels : series) {
      int id = head.find(labels);
      long from = id < 0 ? Long.MAX_VALUE : Math.max(minTime, head.firstTime(id));
      long to = id < 0 ? Long.MIN_VALUE : Math.min(maxTime, head.lastTime(id));
      if (from <= to) {
        int ref = head.refIn(id, inSegment);
        if (ref < 0) {
          encoder.define(labels);
          ref = next++;
        }
        encoder.delete(ref, from, to);
        isEmpty = false;
      }
    }
    if (isEmpty) {
      return List.of();
    }
    encoder.finish();
    return parts;
  }

  /** All is as usual. */
  private List<DocumentApplier.Part> encodeRows(SlotAppender transaction) {
    for (PanelRow row : transaction.rows().begun()) {
      Panel panel = row.panel();
      int number = panel.nextRow() < panel.mostRows() ? panel.nextRow() : 0;
      if (number == 0) {
        rows.encodeBase(row.input());
      } else {
        rows.encode(row.input(), panel.states());
      }
      encoder.row(panel.id(), number, row.time(), rows.bytes(), rows.length());
    }
    pass = transaction.nextPass();
    exemplars(transaction);
    encoder.finish();
    return parts;
  }

  private void accept(SlotAppender transaction, Refusals refusals) {
    order.clear();
    for (int i = 0; i < transaction.size(); i++) {
      Slot slot = transaction.slotOfSample(i);
      if (slot.stamp != pass) {
        slot.series = current(transaction, slot);
        slot.beginPass();
      }
      transaction.endAsItsSeries(i, pass);
      AppendOutcome outcome = transaction.outcome(i, pass);
      if (outcome == AppendOutcome.ACCEPTED) {
        transaction.note(i, pass);
        order.add(i, transaction.time(i));
      } else if (transaction.isLate(outcome, transaction.time(i))) {
        late.add(i);
      } else {
        refusals.refused(transaction.refusal(outcome), transaction.histogram(i) != null);
      }
    }
  }

  /** Encodes the rows of the samples of one time; gives where those of the next begin. */
  private int group(SlotAppender transaction, int from) {
    long time = transaction.time(order.get(from));
    int to = from;
    plans.beginGroup();
    for (; to < order.size() && transaction.time(order.get(to)) == time; to++) {
      int sample = order.get(to);
      Slot slot = transaction.slotOfSample(sample);
      if (slot.pass().goesLoose) {
        addLoose(sample);
      } else if (!plans.put(slot, transaction.number(sample), transaction.form(sample))) {
        plans.addUnplaced(sample);
      }
    }
    for (int i = 0; i < plans.unplaced(); i++) {
      int sample = plans.unplaced(i);
      Slot slot = transaction.slotOfSample(sample);
      if (!plans.place(slot, transaction.number(sample), transaction.form(sample))) {
        slot.pass().goesLoose = true;
        addLoose(sample);
      }
    }
    for (int i = 0; i < plans.inGroup(); i++) {
      RowPlan plan = plans.inGroup(i);
      if (plan.isRow(time)) {
        row(transaction, plan, time);
      } else {
        plan.goLoose();
        goLoose(transaction, from, to, plan);
      }
    }
    return to;
  }

  private void row(SlotAppender transaction, RowPlan plan, long time) {
    RowInput input = plan.input();
    // All definitions stand together, and so do all bindings.
    for (int at = 0; at < input.size(); at++) {
      if (input.has(at) && !plan.isBound(at, segment)) {
        refer(transaction, plan.slot(at));
      }
    }
    for (int at = 0; at < input.size(); at++) {
      if (input.has(at) && plan.bind(at, segment)) {
        encoder.bind(plan.id(), at, plan.slot(at).pass().ref);
      }
    }
    int number = plan.nextRow();
    SlotStates states = plan.states();
    if (number == 0) {
      rows.encodeBase(input);
    } else {
      rows.encode(input, states);
    }
    encoder.row(plan.id(), number, time, rows.bytes(), rows.length());
    if (!order.isSingle()) {
      RowEncoder.advance(input, states, number == 0);
    }
    plan.added(number, time);
  }

  private void goLoose(SlotAppender transaction, int from, int to, RowPlan plan) {
    for (int i = from; i < to; i++) {
      if (transaction.slotOfSample(order.get(i)).pass().plan == plan) {
        addLoose(order.get(i));
      }
    }
  }

  private void addLoose(int sample) {
    if (looseCount == loose.length) {
      loose = Arrays.copyOf(loose, looseCount * 2);
    }
    loose[looseCount++] = sample;
  }

  private void looseSamples(SlotAppender transaction, DocumentApplier applier) {
    for (int i = 0; i < looseCount; i++) {
      looseSample(transaction, applier, loose[i], false);
    }
    for (int sample : late) {
      looseSample(transaction, applier, sample, true);
    }
  }

  private void looseSample(
      SlotAppender transaction, DocumentApplier applier, int sample, boolean isLate) {
    Slot slot = transaction.slotOfSample(sample);
    long time = transaction.time(sample);
    Slot.Pass now = slot.pass();
    boolean defined = refer(transaction, slot);
    NativeHistogram histogram = transaction.histogram(sample);
    if (histogram != null) {
      encoder.histogram(now.ref, time, histogram, isLate);
      return;
    }
    long bits = transaction.bits(sample);
    long first = defined ? applier.lastBits(now.ref) : 0;
    encoder.sample(now.ref, time, bits, now.isLoose ? now.looseBits : first, isLate);
    now.looseBits = bits;
    now.isLoose = true;
  }

  /** Series are defined first: their definitions stand with samples. */
  private int exemplars(SlotAppender transaction) {
    List<SlotAppender.PendingExemplar> pending = transaction.exemplars();
    int accepted = 0;
    for (SlotAppender.PendingExemplar each : pending) {
      Slot slot = each.slot();
      if (slot.stamp != pass) {
        slot.series = current(transaction, slot);
        slot.beginPass();
        if (slot.series == Slot.NONE) {
          // Without a sample, ever, there is no series that it could be an example of.
          continue;
        }
        slot.stamp = pass;
      }
      refer(transaction, slot);
      accepted++;
    }
    for (SlotAppender.PendingExemplar each : pending) {
      if (each.slot().stamp == pass) {
        encoder.exemplar(each.slot().pass().ref, each.exemplar());
      }
    }
    return accepted;
  }

  /** Gives the slot its reference in the segment; says whether an earlier commit defined it. */
  private boolean refer(SlotAppender transaction, Slot slot) {
    int known = head.refIn(slot.series, segment);
    if (known >= 0) {
      slot.pass().ref = known;
      return true;
    }
    if (!slot.pass().isReferred) {
      encoder.define(transaction.labels(slot));
      slot.pass().ref = nextRef++;
      slot.pass().isReferred = true;
    }
    return false;
  }

  private int current(SlotAppender transaction, Slot slot) {
    int series = slot.series;
    return series == Slot.NONE || head.isRemoved(series)
        ? head.find(transaction.labels(slot))
        : series;
  }
}
