package io.narthex.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.error.ErrorCode;
import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.storage.AppendOutcome;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.SeriesSet;
import io.narthex.api.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A storage under test, and what tests of all topics ask of it. */
abstract class StorageTrial {
  static final AppendSource SOURCE = new AppendSource("test", "contract");

  static final Labels UP = Labels.of(Labels.METRIC_NAME, "up", "job", "a");

  private Storage storage;

  /** Starts a storage; called again it finds what the one before kept, which is stopped by then. */
  protected abstract Storage start();

  /** Stops the storage that was started last, as its bundle's stop would. */
  protected abstract void stop();

  /** The storage's present time, in ms since 1970. */
  protected abstract long now();

  /** How many exemplars the storage keeps, 10 to 10,000. */
  protected abstract int maxExemplars();

  @BeforeEach
  final void startStorage() {
    storage = start();
  }

  @AfterEach
  final void stopStorage() {
    stop();
  }

  /** A sample with the bits of its value. */
  protected record Sample(long time, long bits) {
    /** A sample. */
    public static Sample of(long time, double value) {
      return new Sample(time, Double.doubleToRawLongBits(value));
    }
  }

  /** A series with its samples. */
  protected record Found(Labels labels, List<Sample> samples) {}

  /** The storage that was started last. */
  protected final Storage storage() {
    return storage;
  }

  /** Stops the storage and starts another on the same data. */
  protected final void restart() {
    stop();
    storage = start();
  }

  /** All that a new querier sees. */
  protected final List<Found> all() {
    try (Querier querier = storage.querier(0, Long.MAX_VALUE)) {
      return read(querier);
    }
  }

  static List<Found> read(Querier querier) {
    return read(querier, 0, Long.MAX_VALUE);
  }

  static List<Found> read(Querier querier, long from, long to) {
    List<Found> found = new ArrayList<>();
    SeriesSet set = querier.select(from, to, List.of());
    while (set.next()) {
      List<Sample> samples = samples(set.samples());
      if (!samples.isEmpty()) {
        found.add(new Found(set.labels(), samples));
      }
    }
    return found;
  }

  static List<Sample> samples(SampleCursor cursor) {
    List<Sample> samples = new ArrayList<>();
    long[] times = new long[9];
    double[] values = new double[9];
    int n;
    while ((n = cursor.read(times, values, 2, 7)) >= 0) {
      for (int i = 2; i < 2 + n; i++) {
        samples.add(Sample.of(times[i], values[i]));
      }
    }
    return samples;
  }

  static void commit(Appender appender, Labels labels, long time, double value) {
    assertThat(appender.append(appender.slot(labels), time, value))
        .isEqualTo(AppendOutcome.ACCEPTED);
    appender.commit();
  }

  static void assertCode(ThrowingCallable action, ErrorCode code) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(NarthexException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
