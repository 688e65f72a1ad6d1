package io.narthex.storage.internal.exemplar;

import io.narthex.api.model.Labels;
import io.narthex.api.storage.Exemplar;
import io.narthex.api.storage.ExemplarOutcome;
import io.narthex.api.storage.ExemplarSeries;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The newest exemplars of all series together: when it is full, a new one drives out the one that
 * came first. Within a series they are in order of time, so what came first of a series is also its
 * oldest, and both orders are simple lists. May be used from any thread.
 */
public final class ExemplarRing {
  /** Names and values of an exemplar together, in characters: OpenMetrics' limit. */
  public static final int MAX_LABEL_CHARS = 128;

  private final Object lock = new Object();
  private final Map<Labels, OfSeries> series = new HashMap<>();
  private long capacity;
  private long size;
  private @Nullable Entry first;
  private @Nullable Entry last;
  private long appended;
  private long outOfOrder;

  private static final class Entry {
    final Exemplar exemplar;
    final OfSeries owner;
    @Nullable Entry next;
    @Nullable Entry nextOfSeries;

    Entry(Exemplar exemplar, OfSeries owner) {
      this.exemplar = exemplar;
      this.owner = owner;
    }
  }

  private static final class OfSeries {
    final Labels labels;
    Entry oldest;
    Entry newest;

    OfSeries(Labels labels, Exemplar only) {
      this.labels = labels;
      oldest = new Entry(only, this);
      newest = oldest;
    }
  }

  /** The ring in numbers; the counts are since it was made. */
  public record Stats(
      long size, int series, long capacity, long oldestMillis, long appended, long outOfOrder) {}

  /** A ring of a size; 0 or less keeps none. */
  public ExemplarRing(long capacity) {
    this.capacity = Math.max(0, capacity);
  }

  /** Whether an exemplar of a series would be kept, by the series' newest. */
  public ExemplarOutcome check(Labels of, Exemplar exemplar) {
    synchronized (lock) {
      return count(outcome(series.get(of), exemplar));
    }
  }

  /** Keeps an exemplar of a series, if it may. */
  public void add(Labels of, Exemplar exemplar) {
    synchronized (lock) {
      OfSeries known = series.get(of);
      if (count(outcome(known, exemplar)) != ExemplarOutcome.ACCEPTED) {
        return;
      }
      Entry entry = entry(of, known, exemplar);
      Entry before = last;
      if (before == null) {
        first = entry;
      } else {
        before.next = entry;
      }
      last = entry;
      size++;
      appended++;
      dropTo(capacity);
    }
  }

  private Entry entry(Labels of, @Nullable OfSeries known, Exemplar exemplar) {
    if (known == null) {
      OfSeries made = new OfSeries(of, exemplar);
      series.put(of, made);
      return made.newest;
    }
    Entry entry = new Entry(exemplar, known);
    known.newest.nextOfSeries = entry;
    known.newest = entry;
    return entry;
  }

  private ExemplarOutcome count(ExemplarOutcome outcome) {
    if (outcome == ExemplarOutcome.OUT_OF_ORDER) {
      outOfOrder++;
    }
    return outcome;
  }

  private ExemplarOutcome outcome(@Nullable OfSeries known, Exemplar exemplar) {
    if (capacity == 0) {
      return ExemplarOutcome.NOT_KEPT;
    }
    if (labelChars(exemplar.labels()) > MAX_LABEL_CHARS) {
      return ExemplarOutcome.LABELS_TOO_LONG;
    }
    return known == null ? ExemplarOutcome.ACCEPTED : compared(exemplar, known.newest.exemplar);
  }

  /** At one time they are ordered by value, then by a hash: so most repetitions are noticed. */
  private static ExemplarOutcome compared(Exemplar exemplar, Exemplar newest) {
    if (exemplar.timestamp() != newest.timestamp()) {
      return exemplar.timestamp() < newest.timestamp()
          ? ExemplarOutcome.OUT_OF_ORDER
          : ExemplarOutcome.ACCEPTED;
    }
    if (exemplar.value() != newest.value()) {
      return exemplar.value() < newest.value()
          ? ExemplarOutcome.OUT_OF_ORDER
          : ExemplarOutcome.ACCEPTED;
    }
    if (exemplar.labels().equals(newest.labels())) {
      return ExemplarOutcome.ALREADY_THERE;
    }
    return Long.compareUnsigned(exemplar.labels().stableHash(), newest.labels().stableHash()) < 0
        ? ExemplarOutcome.OUT_OF_ORDER
        : ExemplarOutcome.ACCEPTED;
  }

  private static int labelChars(Labels labels) {
    int sum = 0;
    for (int i = 0; i < labels.size(); i++) {
      String name = labels.name(i);
      String value = labels.value(i);
      sum += name.codePointCount(0, name.length()) + value.codePointCount(0, value.length());
    }
    return sum;
  }

  /** Changes the size; a smaller ring keeps what came last. */
  public void resize(long to) {
    synchronized (lock) {
      capacity = Math.max(0, to);
      dropTo(capacity);
    }
  }

  private void dropTo(long most) {
    while (size > most && first != null) {
      Entry gone = first;
      first = gone.next;
      size--;
      OfSeries owner = gone.owner;
      if (gone.nextOfSeries == null) {
        series.remove(owner.labels);
      } else {
        owner.oldest = gone.nextOfSeries;
      }
    }
    if (first == null) {
      last = null;
    }
  }

  /** The exemplars of a range of time, both ends in it, of the series that are wanted. */
  public List<ExemplarSeries> select(long minTime, long maxTime, Predicate<Labels> wanted) {
    List<Labels> candidates = new ArrayList<>();
    synchronized (lock) {
      for (OfSeries of : series.values()) {
        if (of.oldest.exemplar.timestamp() <= maxTime
            && of.newest.exemplar.timestamp() >= minTime) {
          candidates.add(of.labels);
        }
      }
    }
    // Outside the lock, which commits need: expressions may take their time.
    candidates.removeIf(wanted.negate());
    candidates.sort(Comparator.naturalOrder());
    List<ExemplarSeries> result = new ArrayList<>();
    synchronized (lock) {
      for (Labels labels : candidates) {
        OfSeries of = series.get(labels);
        List<Exemplar> found = of == null ? List.of() : within(of, minTime, maxTime);
        if (!found.isEmpty()) {
          result.add(new ExemplarSeries(labels, found));
        }
      }
    }
    return result;
  }

  private static List<Exemplar> within(OfSeries of, long minTime, long maxTime) {
    List<Exemplar> found = new ArrayList<>();
    for (Entry entry = of.oldest;
        entry != null && entry.exemplar.timestamp() <= maxTime;
        entry = entry.nextOfSeries) {
      if (entry.exemplar.timestamp() >= minTime) {
        found.add(entry.exemplar);
      }
    }
    return found;
  }

  /** An exemplar and its series. */
  public record Kept(Labels series, Exemplar exemplar) {}

  /** All exemplars in the order in which they came. */
  public List<Kept> all() {
    synchronized (lock) {
      List<Kept> all = new ArrayList<>((int) size);
      for (Entry entry = first; entry != null; entry = entry.next) {
        all.add(new Kept(entry.owner.labels, entry.exemplar));
      }
      return all;
    }
  }

  /** The ring in numbers. */
  public Stats stats() {
    synchronized (lock) {
      long oldest = first == null ? 0 : first.exemplar.timestamp();
      return new Stats(size, series.size(), capacity, oldest, appended, outOfOrder);
    }
  }
}
