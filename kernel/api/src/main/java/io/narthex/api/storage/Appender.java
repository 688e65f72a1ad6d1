package io.narthex.api.storage;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.model.histogram.NativeHistogram;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Appends the samples of one source, transaction by transaction. It is a lease on a storage
 * generation: when the storage stops, the next call fails with {@link StorageErrors#STOPPED}, and
 * the owner opens another appender once there is a storage again. For use by one thread at a time;
 * owned by who opened it, who closes it.
 *
 * <p>A series is named by its <i>slot</i>: a small number that {@link #slot} gives out once and
 * that holds until the appender is closed. So a known series costs no labels, hash or map.
 */
@ProviderType
public interface Appender extends AutoCloseable {
  /**
   * The slot of a series, which is made if it is new to this appender. The same labels always give
   * the same slot.
   *
   * @throws NarthexException with {@link StorageErrors#SERIES_LIMIT} if the storage has no room for
   *     a new series, {@link StorageErrors#STOPPED} if the storage has stopped
   */
  int slot(Labels labels);

  /**
   * Adds a sample to the transaction in progress. It allocates nothing.
   *
   * @param slot as given by {@link #slot}
   * @param timestamp in ms since 1970
   * @param value any double; {@link io.narthex.api.model.StaleMarker} ends the series
   */
  AppendOutcome append(int slot, long timestamp, double value);

  /**
   * Adds a sample that was written in decimal digits: {@code value} is the double nearest to {@code
   * mantissa * 10^-decimals}. A storage that keeps decimals saves the way there and back.
   *
   * @param mantissa any whole number; its magnitude is below 2^53
   * @param decimals 0 to 22
   */
  default AppendOutcome append(
      int slot, long timestamp, double value, long mantissa, int decimals) {
    return append(slot, timestamp, value);
  }

  /**
   * Adds a native histogram to the transaction in progress. A series may have samples of several
   * kinds, at different times. A float {@link io.narthex.api.model.StaleMarker} after a histogram
   * ends the series too.
   *
   * @param timestamp in ms since 1970
   * @param histogram kept as it is, but for what a recoding brings: buckets that count nothing may
   *     be there or not when it is read
   * @throws NarthexException with a code of {@link io.narthex.api.model.histogram.HistogramErrors}
   *     if it is not valid
   * @throws UnsupportedOperationException if this storage keeps no histograms
   */
  default AppendOutcome append(int slot, long timestamp, NativeHistogram histogram) {
    throw new UnsupportedOperationException("this storage keeps no histograms");
  }

  /** Adds an exemplar of a series to the transaction in progress. */
  ExemplarOutcome exemplar(int slot, Exemplar exemplar);

  /**
   * Makes the transaction's samples durable against a crash of the process, and visible together.
   *
   * @throws NarthexException with {@link StorageErrors#STOPPED} or {@link
   *     StorageErrors#LOG_FAILED}; then none of the samples is visible now or after a restart, and
   *     the transaction is over
   */
  CommitReceipt commit();

  /** Drops the samples of the transaction in progress; slots stay. */
  void rollback();

  /** Rolls back and gives the lease back. Closing twice does nothing. */
  @Override
  void close();
}
