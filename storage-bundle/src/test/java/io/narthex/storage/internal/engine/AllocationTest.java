package io.narthex.storage.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.narthex.api.model.Labels;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.SeriesSet;
import io.narthex.storage.internal.panel.Panel;
import io.narthex.tck.log.InMemoryLogStore;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A sample that goes in or out makes no garbage. */
class AllocationTest {
  private static final int SERIES = 500;
  private static final int ROUNDS = 200;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** One panel's open rows at a time become columns: a double for each, and what goes with it. */
  private static final long OPEN_COLUMNS = SERIES * Panel.MANY_ROWS * 9L + 20_000;

  private final TestClock clock = new TestClock();
  private final Storages storages = Storages.start(new InMemoryLogStore(), clock);

  private static long allocated() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }

  @Test
  void appendAndReadDoNotAllocatePerSample() {
    long appending = 0;
    try (Appender appender = storages.storage().appender(new AppendSource("a", "b"))) {
      int[] slots = new int[SERIES];
      for (int i = 0; i < SERIES; i++) {
        slots[i] = appender.slot(Labels.of("i", "" + i));
      }
      for (int round = 0; round < ROUNDS; round++) {
        clock.advance(1000);
        long time = clock.wallMillis();
        long before = allocated();
        for (int i = 0; i < SERIES; i++) {
          appender.append(slots[i], time, round * 0.1 + i);
        }
        appending += round < 20 ? 0 : allocated() - before;
        appender.commit();
      }
    }
    assertThat(appending).as("bytes for %d appends", SERIES * (ROUNDS - 20)).isLessThan(SERIES);

    readAll();
    // The first reading links call sites.
    assertThat(readAll())
        .as("bytes for reading, the columns of open rows left out")
        .isLessThan(OPEN_COLUMNS + SERIES);
  }

  /** Gives how many bytes the cursors took. */
  private long readAll() {
    long reading = 0;
    long[] times = new long[50];
    double[] values = new double[50];
    try (Querier querier = storages.storage().querier(0, Long.MAX_VALUE)) {
      SeriesSet set = querier.select(0, Long.MAX_VALUE, List.of());
      int samples = 0;
      while (set.next()) {
        SampleCursor cursor = set.samples();
        long before = allocated();
        int n;
        while ((n = cursor.read(times, values, 0, 50)) >= 0) {
          samples += n;
        }
        reading += allocated() - before;
      }
      assertThat(samples).isEqualTo(SERIES * ROUNDS);
    }
    return reading;
  }
}
