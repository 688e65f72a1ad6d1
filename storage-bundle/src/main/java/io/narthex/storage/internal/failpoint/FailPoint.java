package io.narthex.storage.internal.failpoint;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A place in the storage where a crash, an error or a delay would be the hardest to survive. Only
 * with the system property {@value #PROPERTY} anything happens there, so in production a place is a
 * branch on a constant, which the compiler removes. The property has what happens, separated by
 * commas:
 *
 * <pre>
 * mid-seal=halt@3        the process ends at once when the place is reached for the third time
 * mid-sync=throw@2       {@link FailPointException} is thrown once
 * mid-allocate=delay:50  the thread waits for 50 ms, each time
 * </pre>
 *
 * <p>May be reached by any thread, and {@link #reacts} set by any.
 */
public enum FailPoint {
  /** A part of a commit is in the log, others are not. */
  MID_COMMIT,
  /** A document is in the log file by half. */
  MID_DOCUMENT_APPEND,
  /** A commit is in the log, and not yet in the head. */
  AFTER_LOG_BEFORE_APPLY,
  /** A commit is in the log and in the head, the caller does not know. */
  AFTER_APPLY_BEFORE_ACK,
  /** Space of a log file was written with zeros by part. */
  MID_ALLOCATE,
  /** A log file has been made and has no header. */
  MID_FILE_ROLL,
  /** The start of a segment is in the log, and nothing of the segment. */
  MID_SEGMENT_ROLL,
  /** Some of the log's files are on the disk, others are not. */
  MID_SYNC,
  /** Some of the log's files that may go have been deleted. */
  MID_TRIM,
  /** Rows have been sealed in memory, and are not in the file of sealed rows. */
  MID_SEAL,
  /** A record is in the file of sealed rows by half. */
  MID_SEALED_FILE_WRITE,
  /** A file of sealed rows was made and has no header. */
  MID_SEALED_FILE_ROLL,
  /** Some files of sealed rows that may go have been deleted. */
  MID_SEALED_FILE_DELETE,
  /** Sealed rows are being read at a start. */
  MID_RESUME,
  /** The log is being replayed. */
  MID_REPLAY,
  /** A stop has closed the log, and has not sealed what is open. */
  MID_STOP;

  /** Turns the places on; empty: on, and nothing happens until a test says what. */
  public static final String PROPERTY = "narthex.storage.fail-points";

  /** What a process ends with that a place has ended. */
  public static final int HALTED = 86;

  private static final boolean ON = System.getProperty(PROPERTY) != null;
  private static final Runnable NOTHING = () -> {};
  private static final AtomicReferenceArray<Runnable> REACTIONS =
      new AtomicReferenceArray<>(values().length);

  static {
    for (FailPoint point : values()) {
      REACTIONS.set(point.ordinal(), NOTHING);
    }
    Reactions.parse(System.getProperty(PROPERTY, ""))
        .forEach((point, reaction) -> REACTIONS.set(point.ordinal(), reaction));
  }

  /** Its name in the property. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The thread is here. */
  public void reach() {
    if (ON) {
      REACTIONS.get(ordinal()).run();
    }
  }

  /** How much of so many bytes is to be written before this place: all if the places are off. */
  public int part(int length) {
    return ON ? length / 2 : length;
  }

  /**
   * Says for a test what happens here from now on.
   *
   * @return to be called to make an end of it
   */
  public Runnable reacts(Runnable reaction) {
    if (!ON) {
      throw new IllegalStateException(
          "fail-points are off: the property " + PROPERTY + " is not set");
    }
    REACTIONS.set(ordinal(), reaction);
    return () -> REACTIONS.set(ordinal(), NOTHING);
  }
}
