package io.narthex.rules.internal.series;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.model.StaleMarker;
import io.narthex.api.storage.AppendOutcome;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Storage;
import io.narthex.api.storage.StorageErrors;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stores what the rules of a group give, one transaction a rule, so that a rule sees what those
 * before it in the group have recorded. Holds the group's appender, and opens another when the
 * storage is another. Methods may be called from any thread, one waits for the other.
 */
public final class SeriesWriter implements AutoCloseable {
  /** Slots of series that are gone take memory; with more than this an appender is replaced. */
  private static final int SPARE_SLOTS = 4096;

  private final AppendSource source;
  private final AppenderLeases leases;
  private @Nullable Storage storage;
  private @Nullable Appender appender;
  private int slots;

  /** A writer for a group. */
  public SeriesWriter(String groupKey, AppenderLeases leases) {
    this.leases = leases;
    this.source = new AppendSource("rule", groupKey);
  }

  /**
   * What became of a rule's samples.
   *
   * @param series those that were stored
   * @param dropped how many others the storage refused
   * @param error why it refused the last of them, or {@code ""}
   */
  public record Written(Set<Labels> series, int dropped, String error) {}

  /**
   * Stores samples, and ends the series that came before and do not any more.
   *
   * @param before what the same rule gave before
   * @throws NarthexException if nothing was stored
   */
  public synchronized Written write(
      Storage to, long timestamp, List<RuleSample> samples, Set<Labels> before) {
    Appender open = open(to);
    try {
      Refusals refusals = new Refusals();
      Set<Labels> stored = HashSet.newHashSet(samples.size());
      for (RuleSample sample : samples) {
        if (append(open, sample.labels(), timestamp, sample.value(), refusals)) {
          stored.add(sample.labels());
        }
      }
      for (Labels series : before) {
        if (!stored.contains(series)) {
          append(open, series, timestamp, StaleMarker.VALUE, new Refusals());
        }
      }
      open.commit();
      return new Written(stored, refusals.count, refusals.last);
    } catch (RuntimeException | Error e) {
      abort(e);
      throw e;
    }
  }

  /**
   * Ends series; those that have newer samples, from other rules, go on.
   *
   * @throws NarthexException if nothing was stored
   */
  public void end(Storage in, long timestamp, Collection<Labels> series) {
    write(in, timestamp, List.of(), Set.copyOf(series));
  }

  /** Lets go of slots if there are many more than series. */
  public synchronized void trim(int liveSeries) {
    if (slots > 2 * liveSeries + SPARE_SLOTS) {
      close();
    }
  }

  /** Gives the appender back if it is one of this storage. */
  public synchronized void release(Storage going) {
    if (storage == going) {
      close();
    }
  }

  @Override
  public synchronized void close() {
    Appender open = appender;
    appender = null;
    storage = null;
    slots = 0;
    if (open != null) {
      leases.returned(this);
      open.close();
    }
  }

  private Appender open(Storage to) {
    Appender open = appender;
    if (open == null || storage != to) {
      close();
      open = take(to);
      appender = open;
      storage = to;
    }
    return open;
  }

  private Appender take(Storage from) {
    leases.take(this, from);
    try {
      return from.appender(source);
    } catch (RuntimeException | Error e) {
      leases.returned(this);
      throw e;
    }
  }

  private void abort(Throwable e) {
    if (e instanceof NarthexException n && n.code().equals(StorageErrors.STOPPED)) {
      close();
    } else if (appender != null) {
      appender.rollback();
    }
  }

  private boolean append(
      Appender open, Labels labels, long timestamp, double value, Refusals refusals) {
    int slot;
    try {
      slot = open.slot(labels);
    } catch (NarthexException e) {
      if (!e.code().equals(StorageErrors.SERIES_LIMIT)) {
        throw e;
      }
      refusals.add(String.valueOf(e.getMessage()));
      return false;
    }
    slots = Math.max(slots, slot + 1);
    AppendOutcome outcome = open.append(slot, timestamp, value);
    switch (outcome) {
      case ACCEPTED, ALREADY_THERE -> {
        return true;
      }
      case DUPLICATE_TIMESTAMP -> refusals.add("duplicate sample for timestamp");
      case OUT_OF_ORDER -> refusals.add("out of order sample");
      case TOO_OLD -> refusals.add("too old sample");
      case OUT_OF_BOUNDS -> refusals.add("out of bounds");
    }
    return false;
  }

  private static final class Refusals {
    private String last = "";
    private int count;

    void add(String reason) {
      last = reason;
      count++;
    }
  }
}
