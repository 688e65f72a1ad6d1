package io.narthex.scrape.internal.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.narthex.api.config.ScrapeOptions;
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
import io.narthex.api.target.Target;
import io.narthex.scrape.internal.fetch.ByteSink;
import io.narthex.scrape.internal.loop.FakeClock;
import io.narthex.scrape.internal.loop.FakeMetrics;
import io.narthex.scrape.internal.loop.Targets;
import io.narthex.spi.log.Position;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A scrape of known series allocates a little, however many samples it has. */
class AllocationTest {
  private static final int SAMPLES = 5000;

  /** Bodies whose lines are known. */
  private enum Lines {
    IN_THE_SAME_ORDER,
    /** Each text is looked up. */
    IN_TURNED_ORDER,
    DROPPED_BY_RELABELLING,
    WITH_THEIR_OWN_TIMES,
    TWICE,
    WITH_EXEMPLARS
  }

  @ParameterizedTest
  @EnumSource
  void knownSeriesCostNoAllocation(Lines lines) {
    Target target = Targets.with(lines == Lines.DROPPED_BY_RELABELLING ? dropping() : plain());
    TargetRecorder recorder =
        new TargetRecorder(
            target,
            new AppendSource("scrape", "key"),
            SeriesRules.of(target.options(), new SimpleRelabelling()),
            new RecordMetrics(new FakeMetrics()),
            new FakeClock(0));
    CountingStorage storage = new CountingStorage();
    String type = lines == Lines.WITH_EXEMPLARS ? "application/openmetrics-text" : "text/plain";
    long least = Long.MAX_VALUE;
    for (int round = 1; round <= 20; round++) {
      Attempt attempt = new Attempt.Answered(body(lines, round), type);
      long before = allocated();
      assertThat(recorder.record(storage, round * 1000L, attempt, () -> 0)).isEmpty();
      least = Math.min(least, allocated() - before);
    }

    int stored = lines == Lines.DROPPED_BY_RELABELLING ? 0 : SAMPLES;
    assertThat(storage.appended).isEqualTo(20L * (stored + 5));
    assertThat(storage.exemplars).isEqualTo(lines == Lines.WITH_EXEMPLARS ? SAMPLES : 0);
    assertThat(least).as("bytes allocated by a scrape of %d samples", SAMPLES).isLessThan(4096);
  }

  private static ByteSink body(Lines lines, int round) {
    boolean turned = lines == Lines.IN_TURNED_ORDER && round % 2 == 0;
    StringBuilder body = new StringBuilder("# TYPE m counter\n");
    for (int i = 0; i < SAMPLES; i++) {
      int n = turned ? SAMPLES - 1 - i : i;
      String line = "m{n=\"" + n + "\"} " + (1e6 / 7 * n + round);
      body.append(line);
      switch (lines) {
        case WITH_THEIR_OWN_TIMES -> body.append(' ').append(round * 1000L - 1);
        case TWICE -> body.append('\n').append(line);
        case WITH_EXEMPLARS -> body.append(" # {trace_id=\"").append(n).append("\"} 1 2.5");
        default -> {}
      }
      body.append('\n');
    }
    if (lines == Lines.WITH_EXEMPLARS) {
      body.append("# EOF\n");
    }
    return TargetRecorderTest.sink(body.toString());
  }

  private static ScrapeOptions plain() {
    return Targets.options(false, true);
  }

  private static ScrapeOptions dropping() {
    return SharedRulesTest.dropping("m");
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  /** Counts samples and keeps none. */
  private static final class CountingStorage implements Storage, Appender {
    private static final CommitReceipt RECEIPT = new CommitReceipt(Position.start(0), 0, 0);
    private long appended;
    private int exemplars;
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
    public ExemplarOutcome exemplar(int slot, Exemplar exemplar) {
      exemplars++;
      return ExemplarOutcome.ACCEPTED;
    }

    @Override
    public List<ExemplarSeries> exemplars(
        long minTime, long maxTime, List<List<Matcher>> selectors) {
      return List.of();
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
