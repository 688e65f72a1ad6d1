package io.narthex.storage.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.Labels;
import io.narthex.api.storage.AppendOutcome;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.CommitReceipt;
import io.narthex.api.storage.Exemplar;
import io.narthex.api.storage.ExemplarOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** An appender that tells its storage's model what it does, and knows each answer beforehand. */
final class ModelledAppender {
  private static final double[] SPECIAL = {
    Double.NaN,
    -0.0,
    0.0,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    1e300
  };

  final Appender appender;
  private final ModelledStorage storage;
  private final List<Pending> pending = new ArrayList<>();
  private final List<PendingExemplar> pendingExemplars = new ArrayList<>();
  private final Map<String, Pending> newest = new HashMap<>();
  private final Map<String, Integer> slots = new HashMap<>();

  /** The series that it found, or made; those that were removed since are not among them. */
  final Set<String> known = new HashSet<>();

  private boolean hasBegun;
  private long oldest;
  private long latest;
  private int commitsBefore;

  private record Pending(String name, long time, double value) {
    long bits() {
      return Double.doubleToRawLongBits(value);
    }
  }

  private record PendingExemplar(String name, Exemplar exemplar) {}

  ModelledAppender(ModelledStorage storage, Appender appender) {
    this.storage = storage;
    this.appender = appender;
  }

  /** Appends a sample of any value, as a double or as its digits. */
  void add(String name, long time, Random random) {
    int slot = slot(name);
    if (random.nextBoolean()) {
      int decimals = random.nextInt(4);
      long mantissa = random.nextInt(2000) - 500L;
      double value = mantissa / Math.pow(10, decimals);
      Pending sample = new Pending(name, time, value);
      begin();
      List<AppendOutcome> expected = expected(sample);
      note(sample, expected, appender.append(slot, time, value, mantissa, decimals));
    } else {
      add(name, time, value(random));
    }
  }

  private static double value(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(3);
      case 1 -> random.nextInt(1000) / 100.0;
      case 2 -> random.nextGaussian();
      default -> SPECIAL[random.nextInt(SPECIAL.length)];
    };
  }

  /** Appends a sample. */
  void add(String name, long time, double value) {
    Pending sample = new Pending(name, time, value);
    begin();
    List<AppendOutcome> expected = expected(sample);
    note(sample, expected, appender.append(slot(name), time, value));
  }

  private int slot(String name) {
    return slots.computeIfAbsent(
        name,
        unused -> {
          if (storage.has(name)) {
            known.add(name);
          }
          return appender.slot(ModelledStorage.labels(name));
        });
  }

  /** Appends the transaction's newest sample of a series again, if it has one. */
  void again(String name) {
    Pending last = newest.get(name);
    if (last != null) {
      add(name, last.time(), last.value());
    }
  }

  private void begin() {
    if (!hasBegun) {
      hasBegun = true;
      oldest = storage.clock.wallMillis() - storage.retention;
      latest = storage.clock.wallMillis() + ModelledStorage.FUTURE;
      commitsBefore = storage.commits;
    }
  }

  private List<AppendOutcome> expected(Pending sample) {
    if (sample.time() < oldest || sample.time() > latest) {
      return List.of(AppendOutcome.OUT_OF_BOUNDS);
    }
    Pending last = newest.get(sample.name());
    if (last != null) {
      return List.of(compared(sample, last.time(), last.bits()));
    }
    TreeMap<Long, Long> stored = storage.samples.get(sample.name());
    if (stored == null || !storage.has(sample.name())) {
      return List.of(AppendOutcome.ACCEPTED);
    }
    List<AppendOutcome> expected = new ArrayList<>();
    expected.add(compared(sample, stored.lastKey(), stored.lastEntry().getValue()));
    if (expected.contains(AppendOutcome.DUPLICATE_TIMESTAMP)) {
      // The values of series that have ended are not at hand.
      expected.add(AppendOutcome.ALREADY_THERE);
    }
    if (storage.commits > commitsBefore || !known.contains(sample.name())) {
      // What others committed meanwhile, or made, may be noticed with the commit only.
      expected.add(AppendOutcome.ACCEPTED);
    }
    return expected;
  }

  private static AppendOutcome compared(Pending sample, long time, long bits) {
    if (sample.time() > time) {
      return AppendOutcome.ACCEPTED;
    }
    if (sample.time() < time) {
      return AppendOutcome.OUT_OF_ORDER;
    }
    return sample.bits() == bits ? AppendOutcome.ALREADY_THERE : AppendOutcome.DUPLICATE_TIMESTAMP;
  }

  private void note(Pending sample, List<AppendOutcome> expected, AppendOutcome outcome) {
    assertThat(outcome).as("%s", sample).isIn(expected);
    if (outcome == AppendOutcome.ACCEPTED) {
      pending.add(sample);
      newest.put(sample.name(), sample);
    }
  }

  /** Appends an exemplar that is newer than all others. */
  void exemplar(String name) {
    int slot = slot(name);
    int number = ++storage.exemplarCount;
    Exemplar exemplar =
        new Exemplar(Labels.of("id", "" + number), number, 1_000_000_000_000L + number);
    assertThat(appender.exemplar(slot, exemplar)).isEqualTo(ExemplarOutcome.ACCEPTED);
    pendingExemplars.add(new PendingExemplar(name, exemplar));
  }

  CommitReceipt commit() {
    int stored = 0;
    for (Pending sample : pending) {
      known.add(sample.name());
      TreeMap<Long, Long> of =
          storage.samples.computeIfAbsent(sample.name(), unused -> new TreeMap<>());
      if (of.isEmpty() || sample.time() > of.lastKey()) {
        of.put(sample.time(), sample.bits());
        stored++;
      }
    }
    for (PendingExemplar each : pendingExemplars) {
      if (storage.has(each.name())) {
        storage
            .exemplars
            .computeIfAbsent(each.name(), unused -> new TreeMap<>())
            .put(each.exemplar().timestamp(), each.exemplar());
      }
    }
    storage.commits++;
    CommitReceipt receipt = appender.commit();
    assertThat(receipt.samples()).isEqualTo(stored);
    forget();
    return receipt;
  }

  void rollback() {
    appender.rollback();
    forget();
  }

  private void forget() {
    pending.clear();
    pendingExemplars.clear();
    newest.clear();
    hasBegun = false;
  }
}
