package io.narthex.alerting.internal.notify;

import io.narthex.alerting.internal.state.StateLog;
import io.narthex.api.error.NarthexException;
import io.narthex.api.time.Clock;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers for each group and integration what was told last, in memory and in its log, so that
 * nobody is told twice, not even over restarts. May be used from any thread, but not from event
 * loops.
 */
public final class NotificationLog {
  private static final Logger logger = LoggerFactory.getLogger(NotificationLog.class);

  /** Longer keys are kept under their digest; the entry itself has the whole key. */
  private static final int LONGEST_KEY = 1024;

  private final StateLog<LogEntry> log;
  private final Clock clock;
  private final Duration retention;

  /** By key. Guarded by this. */
  private final Map<String, LogEntry> entries = new HashMap<>();

  /**
   * What was told by the log.
   *
   * @param retention how long an entry is kept at most
   */
  public NotificationLog(StateLog<LogEntry> log, Clock clock, Duration retention) {
    this.log = log;
    this.clock = clock;
    this.retention = retention;
  }

  /**
   * Reads the log.
   *
   * @return what could not be read and is lost, for people
   */
  public synchronized List<String> load() {
    return log.read((key, entry) -> entries.put(entry.key(), entry));
  }

  /** What was told last; empty if nothing was, or it expired. */
  public synchronized Optional<LogEntry> find(String groupKey, IntegrationKey integration) {
    return Optional.ofNullable(entries.get(LogEntry.key(groupKey, integration)));
  }

  /**
   * What was told.
   *
   * @param time of which the alerts were so, in ms since 1970; repetitions count from it, so that
   *     they keep to the intervals of the group however long a delivery takes
   */
  public record Content(long time, Told firing, Told resolved) {}

  /**
   * Notes what was told. If it cannot be written it is remembered in memory all the same: better
   * that it is told twice after a restart than every time.
   *
   * @param useful after this the entry is of no use, unless the retention ends before
   */
  public synchronized void note(
      String groupKey, IntegrationKey integration, Content content, Duration useful) {
    long now = clock.wallMillis();
    Duration kept = useful.compareTo(retention) < 0 ? useful : retention;
    LogEntry entry =
        new LogEntry(
            groupKey,
            integration,
            content.time(),
            content.firing(),
            content.resolved(),
            now + kept.toMillis());
    entries.put(entry.key(), entry);
    try {
      log.put(stored(entry.key()), entry);
    } catch (NarthexException e) {
      logger
          .atError()
          .addKeyValue("group", groupKey)
          .addKeyValue("integration", integration)
          .addKeyValue("err", e.getMessage())
          .log("a notification could not be noted, it may be sent again after a restart");
    }
  }

  private static String stored(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= LONGEST_KEY) {
      return key;
    }
    try {
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** How many entries there are. */
  public synchronized int size() {
    return entries.size();
  }

  /** Forgets the entries that expired. */
  public synchronized void collect() {
    long now = clock.wallMillis();
    List<LogEntry> over =
        entries.values().stream().filter(entry -> entry.expiresAt() <= now).toList();
    for (LogEntry entry : over) {
      log.remove(stored(entry.key()));
      entries.remove(entry.key());
    }
  }
}
