package io.narthex.spi.log;

import io.narthex.api.error.NarthexException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A log of documents in partitions. Each process start is an epoch of its own: older epochs are
 * only read.
 *
 * <p>{@link #append} may be called by one thread at a time for each partition; all else by any
 * thread.
 */
@ProviderType
public interface DurableLog extends AutoCloseable {
  /** The largest document, in bytes. */
  int MAX_DOCUMENT_BYTES = 900_000;

  /** How many named readers a log may have, open or not. */
  int MAX_READERS = 64;

  /** How many partitions there are; fixed for a log. */
  int partitions();

  /** The epoch that this opening began. */
  long epoch();

  /**
   * Appends a document. When the result is there, the document survives the death of the process;
   * it survives a loss of power after the next {@link #sync}. Documents become durable in the order
   * in which they were appended.
   *
   * @param document may be reused when the result is there; not empty, at most {@link
   *     #MAX_DOCUMENT_BYTES}
   * @return the position; fails with a {@link io.narthex.api.error.NarthexException} of {@link
   *     LogErrors#WRITE}, and then the document is not in the log. A local log completes it before
   *     this method returns
   */
  CompletionStage<Position> append(int partition, MemorySegment document);

  /**
   * The position of the last document of a partition, in this epoch or an older one, or its start.
   */
  Position end(int partition);

  /**
   * Reads the documents after a position, in order, up to the end at the time of the call.
   *
   * @return what had to be left out, for people; empty if all could be read
   */
  List<String> read(int partition, Position after, DocumentReader reader);

  /** Brings all that was appended before to the disk, so that it survives a loss of power. */
  void sync();

  /**
   * Says that documents up to a position are not needed any more; whole files are deleted when all
   * in them is not, and every named reader has passed them or used up its budget.
   */
  void trim(Position upTo);

  /**
   * Opens a named reader, or makes it. One that is there goes on where it stood. It is closed with
   * the log at the latest.
   *
   * @param name of lower-case letters, digits and {@code -}, at most 64
   * @param budgetBytes how much the log keeps for this reader alone; what is more goes, the oldest
   *     first, and the reader is told of it when it reads
   * @param start where it begins if it is new
   * @throws io.narthex.api.error.NarthexException with {@link LogErrors#OPEN} if it is open, there
   *     are {@link #MAX_READERS} already, or it cannot be kept
   */
  default LogReader reader(String name, long budgetBytes, LogReader.Start start) {
    throw new NarthexException(LogErrors.OPEN, "this log has no named readers");
  }

  /** The named readers that there are, open or not, by name. */
  default List<ReaderState> readers() {
    return List.of();
  }

  /**
   * Forgets a reader that is not open: nothing is kept for it any more. Nothing happens if there is
   * none.
   *
   * @throws io.narthex.api.error.NarthexException with {@link LogErrors#OPEN} if it is open, {@link
   *     LogErrors#WRITE} if it cannot be deleted
   */
  default void removeReader(String name) {}

  /** Syncs and closes. Closing twice does nothing. */
  @Override
  void close();

  /** Takes documents one by one. */
  @FunctionalInterface
  interface DocumentReader {
    /**
     * The document is valid only during the call. What this throws ends the reading and comes out
     * of {@code read}.
     */
    void document(Position position, MemorySegment document);
  }
}
