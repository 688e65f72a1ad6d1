package io.narthex.scrape.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.narthex.api.model.Labels;
import io.narthex.api.storage.AppendOutcome;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.CommitReceipt;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.Storage;
import io.narthex.scrape.internal.fetch.ByteSink;
import io.narthex.spi.log.Position;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A scrape of known series allocates a little, however many samples it has. */
class AllocationTest {
  private static final int SAMPLES = 5000;

  /** In the order of the scrape before, and in the reverse one, where each text is looked up. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void knownSeriesCostNoAllocation(boolean reversed) {
    TargetRecorder recorder =
        new TargetRecorder(
            Targets.plain(),
            new AppendSource("scrape", "key"),
            new ScrapeMetrics(new FakeMetrics()),
            new FakeClock(0));
    CountingStorage storage = new CountingStorage();
    long least = Long.MAX_VALUE;
    for (int round = 1; round <= 20; round++) {
      boolean backwards = reversed && round % 2 == 0;
      Attempt attempt = new Attempt.Answered(body(backwards, round), "text/plain");
      long before = allocated();
      assertThat(recorder.record(storage, round * 1000L, attempt, () -> 0)).isEmpty();
      least = Math.min(least, allocated() - before);
    }

    assertThat(storage.appended).isEqualTo(20L * (SAMPLES + 5));
    assertThat(least).as("bytes allocated by a scrape of %d samples", SAMPLES).isLessThan(4096);
  }

  private static ByteSink body(boolean backwards, int round) {
    StringBuilder body = new StringBuilder("# TYPE m counter\n");
    for (int i = 0; i < SAMPLES; i++) {
      int n = backwards ? SAMPLES - 1 - i : i;
      body.append("m{n=\"").append(n).append("\"} ").append(1e6 / 7 * n + round).append('\n');
    }
    return TargetRecorderTest.sink(body.toString());
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  /** Counts samples and keeps none. */
  private static final class CountingStorage implements Storage, Appender {
    private static final CommitReceipt RECEIPT = new CommitReceipt(Position.start(0), 0, 0);
    private long appended;
    private int slots;

    @Override
    public Appender appender(AppendSource source) {
      return this;
    }

    @Override
    public int slot(Labels labels) {
      return slots++;
    }

    @Override
    public AppendOutcome append(int slot, long timestamp, double value) {
      appended++;
      return AppendOutcome.ACCEPTED;
    }

    @Override
    public CommitReceipt commit() {
      return RECEIPT;
    }

    @Override
    public void rollback() {}

    @Override
    public void close() {}

    @Override
    public Querier querier(long minTime, long maxTime) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> visible(CommitReceipt receipt, Duration limit) {
      throw new UnsupportedOperationException();
    }
  }
}
