package io.narthex.remote.internal.write;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.narthex.api.model.Labels;
import io.narthex.api.model.Matcher;
import io.narthex.api.storage.AppendOutcome;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.CommitReceipt;
import io.narthex.api.storage.Exemplar;
import io.narthex.api.storage.ExemplarOutcome;
import io.narthex.api.storage.ExemplarSeries;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.Storage;
import io.narthex.remote.internal.wire.Message;
import io.narthex.spi.log.Position;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class AllocationTest {
  private static final CommitReceipt RECEIPT = new CommitReceipt(new Position(0, 1, 1), 0, 0);

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void knownSeriesCostNoObjects() {
    CountingStorage storage = new CountingStorage();
    Lane lane =
        new Lane(
            () -> storage,
            new AppendSource("remote-write", "0"),
            new WriteMetrics(new FakeMetrics()),
            new LaneTest.FixedClock(),
            200_000);
    byte[] body = request();
    for (int i = 0; i < 50; i++) {
      assertThat(lane.write(body, body.length)).isEqualTo(Answer.STORED);
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 50; i++) {
      lane.write(body, body.length);
    }
    long perRequest = (threads.getCurrentThreadAllocatedBytes() - before) / 50;
    assertThat(storage.slots).isEqualTo(2000);
    assertThat(storage.samples).isEqualTo(2000 * 3 * 100);
    assertThat(perRequest).isLessThan(1000);
  }

  private static byte[] request() {
    Message message = new Message();
    for (int i = 0; i < 2000; i++) {
      String instance = "host" + i;
      message.message(
          1,
          s ->
              s.labels("__name__", "m", "instance", instance, "job", "j")
                  .sample(1, 1)
                  .sample(2, 2)
                  .sample(3, 3));
    }
    return message.snappy();
  }

  private static final class CountingStorage implements Storage, Appender {
    int slots;
    long samples;

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
      samples++;
      return AppendOutcome.ACCEPTED;
    }

    @Override
    public ExemplarOutcome exemplar(int slot, Exemplar exemplar) {
      throw new AssertionError();
    }

    @Override
    public CommitReceipt commit() {
      return RECEIPT;
    }

    @Override
    public void rollback() {
      throw new AssertionError();
    }

    @Override
    public void close() {
      throw new AssertionError();
    }

    @Override
    public Querier querier(long minTime, long maxTime) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<ExemplarSeries> exemplars(long min, long max, List<List<Matcher>> selectors) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> visible(CommitReceipt receipt, Duration limit) {
      throw new UnsupportedOperationException();
    }
  }
}
