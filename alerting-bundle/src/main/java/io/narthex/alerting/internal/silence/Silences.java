package io.narthex.alerting.internal.silence;

import io.narthex.alerting.internal.state.StateLog;
import io.narthex.api.error.NarthexException;
import io.narthex.api.time.Clock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All silences, in memory and in their log. Every change gets a number that only grows, the
 * version; so who has seen one version needs to look only at the silences that changed since. May
 * be used from any thread; what changes silences waits for the disk, so not from event loops.
 */
public final class Silences {
  private static final Logger logger = LoggerFactory.getLogger(Silences.class);

  private final StateLog<Silence> log;
  private final Clock clock;
  private final Limits limits;
  private final Supplier<UUID> ids;

  // All guarded by this.
  private final Map<String, Kept> silences = new HashMap<>();
  private final NavigableMap<Long, Silence> byVersion = new TreeMap<>();
  private long version;

  /** A silence, and the version that it came with. */
  private record Kept(Silence silence, long version) {}

  /**
   * What is kept at most.
   *
   * @param count how many silences, expired ones included
   * @param bytes of texts in one, in UTF-8
   * @param retention how long expired ones are kept
   */
  public record Limits(int count, int bytes, Duration retention) {}

  /** What is known at a version. */
  record Change(long version, Collection<Silence> silences) {}

  /** The silences of the log. */
  public Silences(StateLog<Silence> log, Clock clock, Limits limits) {
    this(log, clock, limits, UUID::randomUUID);
  }

  Silences(StateLog<Silence> log, Clock clock, Limits limits, Supplier<UUID> ids) {
    this.log = log;
    this.clock = clock;
    this.limits = limits;
    this.ids = ids;
  }

  /**
   * Reads the log.
   *
   * @return what could not be read and is lost, for people
   */
  public synchronized List<String> load() {
    return log.read((id, silence) -> keep(silence));
  }

  /**
   * Makes a silence, or changes one. A change that would change the past (other matchers, another
   * start of an active one) ends the old one and makes another; so does changing an expired one.
   *
   * @param wanted without an id: a new one
   * @return the id of the silence that is in force now
   * @throws NarthexException with a code of {@link SilenceErrors}, or if it cannot be written
   */
  public synchronized String set(Silence wanted) {
    long now = clock.wallMillis();
    Silence draft = wanted.startsAt() == 0 ? wanted.withTimes(now, wanted.endsAt(), now) : wanted;
    SilenceCheck.check(draft);
    checkSize(draft);
    Kept old = silences.get(draft.id());
    if (old == null && !draft.id().isEmpty()) {
      throw notFound();
    }
    if (old != null && canBecome(old.silence(), draft, now)) {
      store(draft.withTimes(draft.startsAt(), draft.endsAt(), now), "silence updated");
      return draft.id();
    }
    checkCount();
    Silence made =
        draft
            .withId(ids.get().toString())
            .withTimes(Math.max(draft.startsAt(), now), draft.endsAt(), now);
    SilenceCheck.check(made);
    // First the new one: if the process dies in between, both hold.
    store(made, "silence created");
    if (old != null) {
      expire(old.silence(), now);
    }
    return made.id();
  }

  private static boolean canBecome(Silence old, Silence next, long now) {
    if (!old.matcherSets().equals(next.matcherSets())) {
      return false;
    }
    return switch (old.stateAt(now)) {
      case ACTIVE -> old.startsAt() / 1000 == next.startsAt() / 1000 && next.endsAt() >= now;
      case PENDING -> next.startsAt() >= now;
      case EXPIRED -> false;
    };
  }

  private void checkCount() {
    if (silences.size() >= limits.count()) {
      throw new NarthexException(
          SilenceErrors.LIMIT,
          "exceeded maximum number of silences: %d (limit: %d)"
              .formatted(silences.size(), limits.count()));
    }
  }

  private void checkSize(Silence silence) {
    int size = bytes(silence.createdBy()) + bytes(silence.comment());
    for (var annotation : silence.annotations().entrySet()) {
      size += bytes(annotation.getKey()) + bytes(annotation.getValue());
    }
    for (var set : silence.matcherSets()) {
      for (var matcher : set.list()) {
        size += bytes(matcher.name()) + bytes(matcher.value());
      }
    }
    if (size > limits.bytes()) {
      throw new NarthexException(
          SilenceErrors.LIMIT,
          "silence exceeded maximum size: %d bytes (limit: %d bytes)"
              .formatted(size, limits.bytes()));
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /**
   * Ends a silence now; nothing happens if it is over.
   *
   * @throws NarthexException with {@link SilenceErrors#NOT_FOUND}, or if it cannot be written
   */
  public synchronized void expire(String id) {
    Kept kept = silences.get(id);
    if (kept == null) {
      throw notFound();
    }
    expire(kept.silence(), clock.wallMillis());
  }

  private void expire(Silence silence, long now) {
    switch (silence.stateAt(now)) {
      case ACTIVE -> store(silence.withTimes(silence.startsAt(), now, now), "silence expired");
      case PENDING -> store(silence.withTimes(now, now, now), "silence expired");
      case EXPIRED -> {}
    }
  }

  private static NarthexException notFound() {
    return new NarthexException(SilenceErrors.NOT_FOUND, "silence not found");
  }

  private void store(Silence silence, String event) {
    log.put(silence.id(), silence);
    keep(silence);
    logger
        .atInfo()
        .addKeyValue("id", silence.id())
        .addKeyValue("created_by", silence.createdBy())
        .addKeyValue("matchers", silence.matcherSets())
        .log(event);
  }

  private void keep(Silence silence) {
    version++;
    Kept old = silences.put(silence.id(), new Kept(silence, version));
    if (old != null) {
      byVersion.remove(old.version());
    }
    byVersion.put(version, silence);
  }

  /** The silence of this id. */
  public synchronized Optional<Silence> get(String id) {
    return Optional.ofNullable(silences.get(id)).map(Kept::silence);
  }

  /** All silences, in the order of their last change. */
  public synchronized List<Silence> all() {
    return List.copyOf(byVersion.values());
  }

  /** Where a silence stands now. */
  public SilenceState state(Silence silence) {
    return silence.stateAt(clock.wallMillis());
  }

  /** How many are in a state now. */
  public synchronized int count(SilenceState state) {
    long now = clock.wallMillis();
    return (int) byVersion.values().stream().filter(s -> s.stateAt(now) == state).count();
  }

  /** Grows with every change. */
  public synchronized long version() {
    return version;
  }

  /** What changed after a version, and which version that makes. */
  synchronized Change since(long known) {
    return known == version
        ? new Change(version, List.of())
        : new Change(version, List.copyOf(byVersion.tailMap(known, false).values()));
  }

  /** Forgets those that expired longer ago than they are kept. */
  public synchronized void collect() {
    long before = clock.wallMillis() - limits.retention().toMillis();
    List<Kept> over = new ArrayList<>();
    for (Kept kept : silences.values()) {
      if (kept.silence().endsAt() <= before) {
        over.add(kept);
      }
    }
    for (Kept kept : over) {
      log.remove(kept.silence().id());
      silences.remove(kept.silence().id());
      byVersion.remove(kept.version());
    }
  }
}
