package io.narthex.scrape.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.storage.Storage;
import io.narthex.api.target.Target;
import io.narthex.api.target.TargetHealth;
import io.narthex.scrape.internal.fetch.Body;
import io.narthex.scrape.internal.fetch.ByteSink;
import io.narthex.scrape.internal.fetch.ByteSinks;
import io.narthex.scrape.internal.fetch.Decompression;
import io.narthex.scrape.internal.fetch.FetchException;
import io.narthex.scrape.internal.fetch.TargetFetcher;
import io.narthex.scrape.internal.record.SeriesRules;
import io.narthex.scrape.internal.record.TargetRecorderTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** An interval of 1 s, the phase at 500 ms, and a clock that starts at 100 s. */
class ScrapeLoopTest {
  private final FakeClock clock = new FakeClock(100_000);
  private final ManualScheduler scheduler = new ManualScheduler(clock);
  private final FakeMetrics metrics = new FakeMetrics();
  private final ScrapeMetrics scrapeMetrics = new ScrapeMetrics(metrics);
  private final FakeStorage storage = new FakeStorage();
  private final List<CompletableFuture<Body>> asked = new ArrayList<>();
  private Storage present = storage;
  private boolean answering = true;
  private int closedFetchers;
  private boolean ended;
  private final ScrapeLoop loop = loop();

  @Test
  void scrapesAtTheTimesOfItsPhase() {
    loop.start();
    scheduler.advanceTo(102_600);

    assertThat(samples("a")).isEqualTo("100500=1 101500=1 102500=1");
    assertThat(metrics.value("prometheus_target_interval_length_seconds{1s}")).isEqualTo(2);
    assertThat(loop.last().health()).isEqualTo(TargetHealth.UP);
    assertThat(loop.last().lastScrapeMillis()).isEqualTo(102_500);
    assertThat(loop.last().lastError()).isEmpty();
  }

  @Test
  void whatIsInThisProcessIsScrapedAtOnceAndThenInItsPhase() {
    ScrapeLoop inside = loop(Targets.inProcess("e", Duration.ofSeconds(1), Duration.ofSeconds(1)));
    inside.start();
    scheduler.advanceTo(101_600);

    assertThat(samples("a")).isEqualTo("100000=1 100500=1 101500=1");
  }

  @Test
  void beforeTheFirstScrapeNothingIsKnown() {
    loop.start();

    assertThat(loop.last().health()).isEqualTo(TargetHealth.UNKNOWN);
  }

  @Test
  void neverHasTwoScrapesAtATime() {
    answering = false;
    loop.start();
    scheduler.advanceTo(102_700);
    assertThat(asked).hasSize(1);

    answer(0);
    scheduler.advanceTo(102_700);

    assertThat(samples("a")).isEqualTo("100500=1");
    assertThat(asked).as("the missed one is made up for once").hasSize(2);
    answer(1);
    assertThat(samples("a")).isEqualTo("100500=1 102700=1");
    scheduler.advanceTo(103_500);
    assertThat(asked).hasSize(3);
  }

  @Test
  void aFailureIsShownAndScrapingGoesOn() {
    answering = false;
    loop.start();
    scheduler.advanceTo(100_500);
    asked.getFirst().completeExceptionally(new FetchException("no route"));

    assertThat(loop.last().health()).isEqualTo(TargetHealth.DOWN);
    assertThat(loop.last().lastError()).isEqualTo("no route");
    assertThat(samples("up")).isEqualTo("100500=0");
    scheduler.advanceTo(101_500);
    answer(1);
    assertThat(loop.last().health()).isEqualTo(TargetHealth.UP);
  }

  @Test
  void withoutStorageScrapesAreDroppedAndCounted() {
    loop.start();
    scheduler.advanceTo(100_500);
    present = null;
    scheduler.advanceTo(102_500);
    present = storage;
    scheduler.advanceTo(103_500);

    assertThat(samples("a")).isEqualTo("100500=1 103500=1");
    assertThat(metrics.value("narthex_scrapes_dropped_total{no_storage}")).isEqualTo(2);
  }

  @Test
  void aStorageThatStopsDuringTheScrapeDropsIt() {
    answering = false;
    loop.start();
    scheduler.advanceTo(100_500);
    storage.stop();
    answer(0);

    assertThat(metrics.value("narthex_scrapes_dropped_total{no_storage}")).isEqualTo(1);
    FakeStorage next = new FakeStorage();
    present = next;
    scheduler.advanceTo(101_500);
    answer(1);
    assertThat(next.samples("__name__", "a", "job", "j", "instance", "i")).isEqualTo("101500=1");
  }

  @Test
  void anAnswerFromAnotherThreadIsHandedOver() {
    scheduler.current = false;
    loop.start();
    scheduler.advanceTo(100_500);

    assertThat(samples("a")).isEqualTo("100500=1");
  }

  @Test
  void aRefusedTargetIsNotAskedAndIsDown() {
    ScrapeLoop refused = loop(assignment(Targets.plain(), "target_limit exceeded"));
    refused.start();
    scheduler.advanceTo(116_000);

    assertThat(asked).isEmpty();
    assertThat(refused.last().lastError()).isEqualTo("target_limit exceeded");
    assertThat(samples("up")).endsWith("=0");
  }

  @Test
  void changedTermsHoldFromTheNextRoundWithoutStaleMarkers() {
    loop.start();
    scheduler.advanceTo(101_600);
    loop.change(assignment(every(2), ""));
    scheduler.advanceTo(104_600);

    assertThat(samples("a")).isEqualTo("100500=1 101500=1 102500=1 104500=1");
    assertThat(loop.last().target().interval()).isEqualTo(Duration.ofSeconds(2));
    assertThat(storage.openAppenders()).isEqualTo(1);
    assertThat(closedFetchers).isEqualTo(1);
  }

  @Test
  void termsChangedDuringAScrapeHoldAfterIt() {
    answering = false;
    loop.start();
    scheduler.advanceTo(100_600);
    loop.change(assignment(every(4), ""));
    loop.change(assignment(every(2), ""));
    assertThat(closedFetchers).as("the one that was never used").isEqualTo(1);
    answer(0);
    answering = true;
    scheduler.advanceTo(104_600);

    assertThat(samples("a")).isEqualTo("100500=1 102500=1 104500=1");
    loop.close();
    assertThat(closedFetchers).isEqualTo(3);
  }

  @Test
  void whenTheTargetGoesItsSeriesEndAfterTwoIntervals() {
    loop.start();
    scheduler.advanceTo(101_600);
    loop.end(() -> ended = true);
    scheduler.advanceTo(103_599);
    assertThat(samples("a")).isEqualTo("100500=1 101500=1");

    scheduler.advanceTo(103_600);

    assertThat(samples("a"))
        .as("102500 was next, 2.1 intervals later is 103600")
        .isEqualTo("100500=1 101500=1 102500=stale");
    assertThat(samples("up")).isEqualTo("100500=1 101500=1 102500=stale");
    assertThat(ended).isTrue();
    assertThat(storage.openAppenders()).isZero();
    assertThat(asked).hasSize(2);
  }

  @Test
  void aScrapeUnderWayIsRecordedBeforeTheEnd() {
    answering = false;
    loop.start();
    scheduler.advanceTo(100_600);
    loop.end(() -> ended = true);
    scheduler.advanceTo(103_000);
    assertThat(ended).isFalse();
    answer(0);
    scheduler.advanceTo(110_000);

    assertThat(samples("a")).isEqualTo("100500=1 102500=stale");
    assertThat(ended).isTrue();
  }

  @Test
  void aTargetThatWasNeverScrapedEndsAtOnce() {
    loop.start();
    loop.end(() -> ended = true);
    scheduler.advanceTo(100_001);

    assertThat(ended).isTrue();
    assertThat(storage.commits()).isZero();
  }

  @Test
  void aLoopThatIsClosedWritesNoMarkers() {
    loop.start();
    scheduler.advanceTo(100_500);
    loop.close();
    scheduler.advanceTo(110_000);

    assertThat(samples("a")).isEqualTo("100500=1");
    assertThat(storage.openAppenders()).isZero();
  }

  @Test
  void aLoopThatIsClosedWhileEndingWritesNoMarkers() {
    loop.start();
    scheduler.advanceTo(100_500);
    loop.end(() -> ended = true);
    loop.close();
    scheduler.advanceTo(110_000);

    assertThat(samples("a")).isEqualTo("100500=1");
  }

  @Test
  void anAnswerAfterClosingIsIgnored() {
    answering = false;
    loop.start();
    scheduler.advanceTo(100_500);
    loop.close();
    answer(0);
    scheduler.advanceTo(110_000);

    assertThat(storage.commits()).isZero();
    assertThat(storage.openAppenders()).isZero();
    assertThat(asked).hasSize(1);
  }

  private static Target every(int seconds) {
    return Targets.http("http://h:1/m", Duration.ofSeconds(seconds), Duration.ofSeconds(1));
  }

  private ScrapeLoop loop() {
    return loop(every(1));
  }

  private ScrapeLoop loop(Target target) {
    return loop(assignment(target, ""));
  }

  private ScrapeLoop loop(Assignment assignment) {
    LoopServices services =
        new LoopServices(
            clock,
            () -> present,
            new ByteSinks(ByteSinks.BODY_LIMIT),
            new Decompression(),
            scrapeMetrics,
            2);
    return new ScrapeLoop(assignment, "key", 500, services, scheduler);
  }

  private Assignment assignment(Target target, String refusal) {
    SeriesRules rules =
        SeriesRules.of(
            target.options(),
            unused -> {
              throw new AssertionError("there are no rules to compile");
            });
    return new Assignment(target, rules, new Answers(), refusal);
  }

  /** Answers at once, or when the test says so. */
  private final class Answers implements TargetFetcher {
    @Override
    public CompletableFuture<Body> fetch() {
      CompletableFuture<Body> answer = new CompletableFuture<>();
      asked.add(answer);
      if (answering) {
        answer(asked.size() - 1);
      }
      return answer;
    }

    @Override
    public void close() {
      closedFetchers++;
    }
  }

  private void answer(int scrape) {
    ByteSink body = TargetRecorderTest.sink("a 1\n");
    asked.get(scrape).complete(new Body(body, "text/plain", false));
  }

  private String samples(String name) {
    return storage.samples("__name__", name, "job", "j", "instance", "i");
  }
}
