package io.narthex.api.storage;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Matcher;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A view of the samples of a time range, as they were when it was opened. For use by one thread at
 * a time; {@link #close} may be called from any other, and makes running reads fail with {@link
 * StorageErrors#STOPPED} soon.
 */
@ProviderType
public interface Querier extends AutoCloseable {
  /**
   * The series that satisfy all matchers, sorted by labels, each of them once. Series without a
   * sample in the range may be among them.
   *
   * @param minTime first timestamp that is wanted, within the querier's range
   * @param maxTime last timestamp that is wanted, within the querier's range
   * @throws NarthexException with {@link StorageErrors#STOPPED}, or {@link
   *     StorageErrors#BAD_MATCHER} if an expression does not compile
   */
  SeriesSet select(long minTime, long maxTime, List<Matcher> matchers);

  /**
   * The names of all labels of the series that satisfy all matchers, sorted; no matcher: of all
   * series.
   */
  List<String> labelNames(List<Matcher> matchers);

  /**
   * The values of a label in the series that satisfy all matchers, sorted; no matcher: in all
   * series.
   */
  List<String> labelValues(String name, List<Matcher> matchers);

  /** Ends all reads and gives the lease back. Closing twice does nothing. */
  @Override
  void close();
}
