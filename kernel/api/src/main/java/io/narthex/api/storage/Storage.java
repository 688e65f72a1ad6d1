package io.narthex.api.storage;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Matcher;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The samples. Present as a service once what the log holds can be queried and appended to.
 * Appenders and queriers are leases: a storage that stops refuses new ones, cancels those that run,
 * and frees its memory when the last is closed. May be used from any thread.
 */
@ProviderType
public interface Storage {
  /**
   * Opens an appender.
   *
   * @throws NarthexException with {@link StorageErrors#STOPPED}
   */
  Appender appender(AppendSource source);

  /**
   * Opens a querier over the samples with {@code minTime <= timestamp <= maxTime} that are visible
   * now; later commits stay hidden from it.
   *
   * @throws NarthexException with {@link StorageErrors#STOPPED}
   */
  Querier querier(long minTime, long maxTime);

  /**
   * The exemplars with {@code minTime <= timestamp <= maxTime} of the series that satisfy all
   * matchers of one of the selectors, sorted by labels. Reads memory only, but may take a while:
   * not for event loops.
   *
   * @throws NarthexException with {@link StorageErrors#STOPPED} or {@link
   *     StorageErrors#BAD_MATCHER}
   */
  List<ExemplarSeries> exemplars(long minTime, long maxTime, List<List<Matcher>> selectors);

  /**
   * Hides the samples with {@code minTime <= timestamp <= maxTime} of the series that satisfy all
   * matchers of one of the selectors, for queries of now on and after a restart. Of each series it
   * is what lies between its oldest and its newest sample that is hidden: later samples are seen,
   * but those that come out of order into such a range are not. Exemplars stay.
   *
   * @throws NarthexException with {@link StorageErrors#STOPPED}, {@link StorageErrors#BAD_MATCHER}
   *     or {@link StorageErrors#LOG_FAILED}
   * @throws UnsupportedOperationException if this storage cannot
   */
  default void delete(long minTime, long maxTime, List<List<Matcher>> selectors) {
    throw new UnsupportedOperationException("this storage cannot delete");
  }

  /**
   * Completes when queriers opened from then on see the commit. On one machine that is at once;
   * with a shared log it waits until this process has applied it.
   */
  CompletionStage<Void> visible(CommitReceipt receipt, Duration limit);
}
