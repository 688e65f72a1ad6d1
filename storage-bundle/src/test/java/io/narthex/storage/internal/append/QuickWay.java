package io.narthex.storage.internal.append;

import io.narthex.api.storage.Appender;

/** Tells which way an appender's samples took, which nothing else shows but the time it takes. */
public final class QuickWay {
  private QuickWay() {}

  /** Whether the samples of the transaction in progress are collected as rows. */
  public static boolean isTaken(Appender appender) {
    SlotAppender of = (SlotAppender) appender;
    return of.size() == 0 && of.rows().count() > 0;
  }

  /**
   * Whether the last commit, of which a sample had this time, went into the log as it was
   * collected: what is collected one by one leaves its times behind.
   */
  public static boolean wasTaken(Appender appender, long time) {
    return ((SlotAppender) appender).times()[0] != time;
  }
}
