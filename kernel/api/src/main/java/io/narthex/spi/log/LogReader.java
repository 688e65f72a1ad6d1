package io.narthex.spi.log;

import io.narthex.spi.log.DurableLog.DocumentReader;
import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Reads a log on from where it stood, over starts of the process. What it has not passed is kept
 * though its owner needs it no more, up to the reader's budget. Documents are handed over at least
 * once: those after the committed position come again after a start.
 *
 * <p>{@link #read}, {@link #awaitMore} and {@link #commit} are for one thread at a time, the rest
 * for any.
 */
@ProviderType
public interface LogReader extends AutoCloseable {
  /** Where a reader begins that is new. */
  enum Start {
    /** At the oldest document that is there. */
    OLDEST,
    /** After the newest one. */
    NEWEST
  }

  /** Its name, one of its log's. */
  String name();

  /**
   * Hands over the next documents of a partition, as far as there are any, and goes on behind them.
   *
   * @param most how many, at least 1
   * @throws io.narthex.api.error.NarthexException with {@link LogErrors#CLOSED}
   */
  ReadDocuments read(int partition, int most, DocumentReader to);

  /**
   * Waits until there is something to {@link #read}, in any partition.
   *
   * @return whether there is; false: the time is up
   * @throws io.narthex.api.error.NarthexException with {@link LogErrors#CLOSED}, also while it
   *     waits
   */
  boolean awaitMore(Duration limit) throws InterruptedException;

  /**
   * Keeps positions, on the disk, up to which the reader is done: it goes on from there after a
   * start. All of them or none.
   *
   * @param positions of documents that were handed over; one of a partition that is behind the kept
   *     one changes nothing
   * @throws io.narthex.api.error.NarthexException with {@link LogErrors#WRITE} or {@link
   *     LogErrors#CLOSED}
   */
  void commit(Position... positions);

  /** How it is. */
  ReaderState state();

  /** Closes it; its position stays, and holds what comes after it. */
  @Override
  void close();
}
