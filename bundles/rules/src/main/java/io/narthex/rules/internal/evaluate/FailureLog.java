package io.narthex.rules.internal.evaluate;

import io.narthex.rules.internal.file.GroupDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Tells the log how the evaluations of one rule go: when they begin to fail, when the reason
 * changes, and when they are well again. Upstream logs each failure, so that a rule that cannot run
 * fills the log with one line an interval; how often it failed is counted, and its last error is at
 * {@code /api/v1/rules}. Used by one thread at a time.
 */
final class FailureLog {
  private static final Logger logger = LoggerFactory.getLogger(FailureLog.class);

  private final String rule;

  /** The failure that was told last and is not over; empty: there is none. */
  private String told = "";

  FailureLog(String rule) {
    this.rule = rule;
  }

  /** Goes on for a rule that takes over from that of the other. */
  void takeOver(FailureLog from) {
    told = from.told;
  }

  /** An evaluation failed as rules may. */
  void failed(GroupDefinition group, String error) {
    if (isNew(error)) {
      about(logger.atWarn(), group)
          .addKeyValue("err", error)
          .log("evaluating a rule fails; told again when the reason changes");
    }
  }

  /** An evaluation failed because of a defect. */
  void failed(GroupDefinition group, Throwable defect) {
    if (isNew(defect.toString())) {
      about(logger.atError(), group)
          .setCause(defect)
          .log("a rule fails because of a defect; told again when the reason changes");
    }
  }

  /** An evaluation went well, but the storage refused results. */
  void refused(GroupDefinition group, int dropped, String error) {
    if (isNew(error)) {
      about(logger.atWarn(), group)
          .addKeyValue("dropped", dropped)
          .addKeyValue("err", error)
          .log("the storage refuses results of a rule; told again when the reason changes");
    }
  }

  /** An evaluation went well. */
  void succeeded(GroupDefinition group) {
    if (!told.isEmpty()) {
      told = "";
      about(logger.atInfo(), group).log("a rule is evaluated again");
    }
  }

  private LoggingEventBuilder about(LoggingEventBuilder event, GroupDefinition group) {
    return event
        .addKeyValue("file", group.file())
        .addKeyValue("group", group.name())
        .addKeyValue("rule", rule);
  }

  private boolean isNew(String error) {
    boolean isNew = !error.equals(told);
    told = error;
    return isNew;
  }
}
