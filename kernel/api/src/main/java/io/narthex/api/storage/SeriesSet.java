package io.narthex.api.storage;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Walks over series. Starts before the first. Valid until its querier is closed; for use by one
 * thread at a time.
 */
@ProviderType
public interface SeriesSet {
  /**
   * Goes to the next series.
   *
   * @return false at the end
   * @throws NarthexException with {@link StorageErrors#STOPPED}
   */
  boolean next();

  /** The labels of the series it is at. */
  Labels labels();

  /** Reads the samples of the series it is at from the first; valid until {@link #next}. */
  SampleCursor samples();

  /**
   * What the reader should know, such as data that could not be read; complete after {@link #next}
   * gave false.
   */
  List<String> warnings();
}
