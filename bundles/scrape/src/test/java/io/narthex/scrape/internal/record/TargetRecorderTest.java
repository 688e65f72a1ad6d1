package io.narthex.scrape.internal.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.config.ScrapeLimits;
import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.target.MetricMetadata;
import io.narthex.api.target.Target;
import io.narthex.scrape.internal.fetch.ByteSink;
import io.narthex.scrape.internal.loop.FakeClock;
import io.narthex.scrape.internal.loop.FakeMetrics;
import io.narthex.scrape.internal.loop.FakeStorage;
import io.narthex.scrape.internal.loop.Targets;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

public class TargetRecorderTest {
  private final FakeStorage storage = new FakeStorage();
  private final FakeMetrics metrics = new FakeMetrics();
  private final FakeClock clock = new FakeClock(1_000_000);
  private TargetRecorder recorder = recorder(Targets.plain());

  @Test
  void aScrapeIsOneCommitWithItsReport() {
    assertThat(scrape(1000, "a 1\nb{x=\"y\"} 2\n")).isEmpty();

    assertThat(storage.commits()).isEqualTo(1);
    assertThat(samples("a")).isEqualTo("1000=1");
    assertThat(storage.samples("__name__", "b", "x", "y", "job", "j", "instance", "i"))
        .isEqualTo("1000=2");
    assertThat(samples("up")).isEqualTo("1000=1");
    assertThat(samples("scrape_duration_seconds")).isEqualTo("1000=0.25");
    assertThat(samples("scrape_samples_scraped")).isEqualTo("1000=2");
    assertThat(samples("scrape_samples_post_metric_relabeling")).isEqualTo("1000=2");
    assertThat(samples("scrape_series_added")).isEqualTo("1000=2");
    assertThat(storage.series()).hasSize(7);
  }

  @Test
  void aFailedScrapeStoresOnlyItsReport() {
    assertThat(scrape(1000, "a 1\nb 2\nc x\n"))
        .isEqualTo("line 3: \"x\" is no float: invalid syntax, in \"c x\"");

    assertThat(samples("a")).isEmpty();
    assertThat(samples("up")).isEqualTo("1000=0");
    assertThat(samples("scrape_samples_scraped")).isEqualTo("1000=2");
    assertThat(samples("scrape_series_added")).isEqualTo("1000=2");
  }

  @Test
  void aTargetThatCameBackInAnotherLoopWins() {
    scrape(1000, "a 1");
    TargetRecorder old = recorder;
    recorder = recorder(Targets.plain());
    scrape(3000, "a 3");

    old.recordEnd(storage, 2000);

    assertThat(samples("a")).isEqualTo("1000=1 3000=3");
    assertThat(samples("up")).isEqualTo("1000=1 3000=1");
    assertThat(metrics.value("prometheus_target_scrapes_sample_out_of_order_total")).isZero();
  }

  @Test
  void seriesAddedCountsOnlyWhatTheScrapeBeforeHadNot() {
    scrape(1000, "a 1\nb 1");
    scrape(2000, "b 1\nc 1\nd 1");
    scrape(3000, "b 1\nc 1\nd 1\na 1");

    assertThat(samples("scrape_series_added")).isEqualTo("1000=2 2000=2 3000=1");
    assertThat(metrics.value("narthex_scrape_slow_path_lines_total"))
        .as("the labels of a series that comes back are known")
        .isEqualTo(4);
  }

  @Test
  void refusedSamplesAreCountedAndTheRestIsStored() {
    scrape(5000, "a 1");
    scrape(6000, "a 2 4000\nb 2\nb 2\nc 1 500\nd 1 99999999999999\nc 1 500\nc 2 500");

    assertThat(samples("a")).isEqualTo("5000=1 6000=stale");
    assertThat(samples("b")).isEqualTo("6000=2");
    assertThat(samples("c")).isEqualTo("500=1");
    assertThat(samples("up")).isEqualTo("5000=1 6000=1");
    assertThat(metrics.value("prometheus_target_scrapes_sample_out_of_order_total")).isEqualTo(1);
    assertThat(metrics.value("prometheus_target_scrapes_sample_duplicate_timestamp_total"))
        .isEqualTo(2);
    assertThat(metrics.value("prometheus_target_scrapes_sample_out_of_bounds_total")).isEqualTo(1);
    assertThat(samples("scrape_samples_post_metric_relabeling")).isEqualTo("5000=1 6000=7");
  }

  @Test
  void withoutRoomForNewSeriesThoseThatExistGoOn() {
    scrape(1000, "a 1");
    storage.limitSeries(0);

    assertThat(scrape(2000, "new 1\na 2")).isEmpty();

    assertThat(samples("a")).isEqualTo("1000=1 2000=2");
    assertThat(samples("new")).isEmpty();
    assertThat(samples("scrape_samples_post_metric_relabeling")).isEqualTo("1000=1 2000=2");
    assertThat(samples("up")).isEqualTo("1000=1 2000=1");
    assertThat(metrics.value("narthex_scrape_series_refused_total")).isEqualTo(1);
  }

  @Test
  void aNewStorageGetsAllSeriesAgainAndNoMarkers() {
    scrape(1000, "a 1\nb 1");
    storage.stop();
    assertThatThrownBy(() -> scrape(2000, "a 2\nb 2")).isInstanceOf(NarthexException.class);
    FakeStorage next = new FakeStorage();

    record(next, 3000, answered("a 3"));
    record(next, 4000, answered("a 4"));

    assertThat(next.samples("__name__", "a", "job", "j", "instance", "i"))
        .isEqualTo("3000=3 4000=4");
    assertThat(next.samples("__name__", "b", "job", "j", "instance", "i")).isEqualTo("3000=stale");
    assertThat(next.samples("__name__", "scrape_series_added", "job", "j", "instance", "i"))
        .isEqualTo("3000=0 4000=0");
    assertThat(storage.openAppenders()).isZero();
    assertThat(next.openAppenders()).isEqualTo(1);
  }

  @Test
  void aStorageThatGoesGetsItsLeaseBackAtOnce() {
    scrape(1000, "a 1");
    recorder.release(new FakeStorage());
    assertThat(storage.openAppenders()).isEqualTo(1);

    recorder.release(storage);

    assertThat(storage.openAppenders()).isZero();
  }

  @Test
  void aClosedRecorderRecordsNothing() {
    scrape(1000, "a 1");
    recorder.close();

    assertThatThrownBy(() -> scrape(2000, "a 2")).hasMessage("the target is no longer scraped");
    assertThat(storage.openAppenders()).isZero();
    assertThat(samples("a")).isEqualTo("1000=1");
  }

  @Test
  void aFailedCommitIsCountedAndTheNextScrapeGoesOn() {
    scrape(1000, "a 1");
    storage.breakLog(true);
    assertThat(scrape(2000, "a 2")).isEmpty();
    storage.breakLog(false);
    scrape(3000, "a 3");

    assertThat(samples("a")).isEqualTo("1000=1 3000=3");
    assertThat(metrics.value("narthex_scrape_commit_failures_total")).isEqualTo(1);
  }

  @Test
  void aTableThatOnlyGrowsByFailuresIsCleaned() {
    for (int i = 1; i <= 30; i++) {
      StringBuilder body = new StringBuilder();
      for (int n = 0; n < 100; n++) {
        body.append("a{round=\"").append(i).append("\",n=\"").append(n).append("\"} 1\n");
      }
      scrape(i * 1000L, body + "}");
    }

    assertThat(metrics.value("prometheus_target_scrapes_cache_flush_forced_total"))
        .isBetween(1.0, 3.0);
  }

  @Test
  void anUnknownContentTypeFailsUnlessTheAnswerIsEmpty() {
    String html =
        "received unsupported Content-Type \"text/html\" and no fallback_scrape_protocol specified"
            + " for target";
    assertThat(record(storage, 1000, new Attempt.Answered(sink("a 1"), "text/html")))
        .isEqualTo(html);
    assertThat(record(storage, 2000, new Attempt.Answered(sink(""), "text/html"))).isEmpty();
    assertThat(samples("up")).isEqualTo("1000=0 2000=1");
  }

  @Test
  void theSourceIsTheTargets() {
    scrape(1000, "a 1");
    scrape(2000, "a 1");

    assertThat(storage.sources()).containsExactly(new AppendSource("scrape", "key"));
  }

  @Test
  void aValueIsHandedOnWithItsDigits() {
    scrape(2000, "a 12.50\nb -3\nc 1e30\nd NaN\ne -0");

    assertThat(storage.decimals()).containsExactly("1250/10^2", "-3/10^0");
    assertThat(samples("a")).isEqualTo("2000=12.5");
  }

  @Test
  void whatTheTargetSaysAboutItsMetricsIsKept() {
    scrape(1000, "# TYPE a counter\n# HELP a what\na 1");
    fail(2000, "no route");
    TargetRecorder next = recorder.successor(Targets.plain(), rules(Targets.plain()));

    assertThat(next.metadata()).containsExactly(new MetricMetadata("a", "counter", "", "what"));
  }

  @Test
  void aSuccessorTakesTheLeaseOver() {
    scrape(1000, "a 1");
    TargetRecorder old = recorder;
    recorder = old.successor(Targets.plain(), rules(Targets.plain()));
    old.close();
    scrape(2000, "a 2");

    assertThat(storage.sources()).hasSize(1);
    assertThat(storage.openAppenders()).isEqualTo(1);
    assertThat(samples("a")).isEqualTo("1000=1 2000=2");
    assertThatThrownBy(() -> old.record(storage, 3000, answered("a 3"), () -> 0))
        .hasMessage("the target is no longer scraped");
  }

  @Test
  void aSuccessorHasTheSameLabels() {
    Target other = Targets.with(Labels.of("job", "other"), false, true);

    assertThatThrownBy(() -> recorder.successor(other, rules(other)))
        .hasMessage(
            "a target with labels {job=\"other\"} is another than that with {instance=\"i\","
                + " job=\"j\"}, whose series it cannot take over");
  }

  @Test
  void aSuccessorsScrapeThatIsNotStoredEndsNothing() {
    scrape(1000, "a 1\nb 1");
    Target changed = Targets.with(SharedRulesTest.dropping("c"));
    recorder = recorder.successor(changed, rules(changed));
    storage.stop();
    assertThatThrownBy(() -> scrape(2000, "a 2")).isInstanceOf(NarthexException.class);
    FakeStorage next = new FakeStorage();

    record(next, 3000, answered("a 3"));

    assertThat(next.samples("__name__", "a", "job", "j", "instance", "i")).isEqualTo("3000=3");
    assertThat(next.samples("__name__", "b", "job", "j", "instance", "i")).isEqualTo("3000=stale");
  }

  @Test
  void rulesBelongToTheTargetsOptions() {
    Target other = Targets.with(Targets.options(true, true));
    assertThatThrownBy(() -> recorder.successor(other, rules(Targets.plain())))
        .hasMessage("the rules are not made from the target's options");
  }

  @Test
  void anAppenderWithFarMoreSlotsThanSeriesIsReplaced() {
    for (int i = 1; i <= 100; i++) {
      StringBuilder body = new StringBuilder("stays 1\n");
      for (int n = 0; n < 50; n++) {
        body.append("a{round=\"").append(i).append("\",n=\"").append(n).append("\"} 1\n");
      }
      scrape(i * 1000L, body.toString());
    }

    assertThat(storage.sources()).hasSize(2);
    assertThat(storage.openAppenders()).isEqualTo(1);
    assertThat(samples("stays").split(" ")).hasSize(100).doesNotContain("stale");
    assertThat(samples("scrape_series_added")).endsWith(" 99000=50 100000=50");
    assertThat(
            storage.samples(
                Labels.of("__name__", "a", "round", "90", "n", "1", "job", "j", "instance", "i")))
        .isEqualTo("90000=1 91000=stale");
  }

  @Test
  void whatIsBeyondTheSampleLimitDoesNotEvenAskForRoom() {
    recorder = recorder(Targets.with(SharedRulesTest.limited(new ScrapeLimits(1, 0, 0, 0, 0))));
    storage.limitSeries(1);

    assertThat(scrape(1000, "a 1\nb 1\nc 1")).isEqualTo("sample limit exceeded");

    assertThat(metrics.value("narthex_scrape_series_refused_total"))
        .as("only the report was refused")
        .isEqualTo(1);
  }

  @Test
  void relabellingIsAppliedOnceToEachText() {
    Target target = Targets.with(SharedRulesTest.dropping("b"));
    SimpleRelabelling relabelling = new SimpleRelabelling();
    recorder =
        new TargetRecorder(
            target,
            new AppendSource("scrape", "key"),
            SeriesRules.of(target.options(), relabelling),
            new RecordMetrics(metrics),
            clock);
    for (int i = 1; i <= 5; i++) {
      scrape(i * 1000L, i % 2 == 0 ? "b 1\na 1\nb 2" : "a 1\nb 1");
    }

    assertThat(relabelling.applied()).isEqualTo(2);
    assertThat(samples("a").split(" ")).hasSize(5);
    assertThat(samples("b")).isEmpty();
  }

  @Test
  void aNewStorageThatIsFullRefusesKnownSeriesOneByOne() {
    scrape(1000, "a 1\nb 1\nc 1");
    recorder.release(storage);
    FakeStorage next = new FakeStorage();
    next.limitSeries(1);

    assertThat(record(next, 2000, answered("a 2\nb 2"))).isEmpty();
    next.limitSeries(100);
    assertThat(record(next, 3000, answered("a 3\nb 3"))).isEmpty();

    assertThat(next.samples("__name__", "a", "job", "j", "instance", "i"))
        .isEqualTo("2000=2 3000=3");
    assertThat(next.samples("__name__", "b", "job", "j", "instance", "i")).isEqualTo("3000=3");
    assertThat(
            next.samples(
                "__name__", "scrape_samples_post_metric_relabeling", "job", "j", "instance", "i"))
        .isEqualTo("3000=2");
  }

  @Test
  void anUnforeseenFailureLeavesEverythingAsItWas() {
    scrape(1000, "a 1\nb 1");
    assertThatThrownBy(
            () ->
                recorder.record(
                    storage,
                    2000,
                    answered("a 2"),
                    () -> {
                      throw new IllegalStateException("a defect");
                    }))
        .hasMessage("a defect");

    scrape(3000, "a 3");

    assertThat(samples("a")).isEqualTo("1000=1 3000=3");
    assertThat(samples("b")).isEqualTo("1000=1 3000=stale");
  }

  private static SeriesRules rules(Target target) {
    return SeriesRules.of(target.options(), new SimpleRelabelling());
  }

  private TargetRecorder recorder(Target target) {
    return new TargetRecorder(
        target,
        new AppendSource("scrape", "key"),
        SeriesRules.of(target.options(), new SimpleRelabelling()),
        new RecordMetrics(metrics),
        clock);
  }

  private String scrape(long time, String body) {
    return record(storage, time, answered(body));
  }

  private void fail(long time, String error) {
    assertThat(record(storage, time, new Attempt.Failed(error))).isEqualTo(error);
  }

  private String record(FakeStorage to, long time, Attempt attempt) {
    return recorder.record(to, time, attempt, () -> 250_000_000);
  }

  private String samples(String name) {
    return storage.samples("__name__", name, "job", "j", "instance", "i");
  }

  private static Attempt answered(String body) {
    return new Attempt.Answered(sink(body), "text/plain; version=0.0.4");
  }

  public static ByteSink sink(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    ByteSink sink = new ByteSink(1 << 20);
    sink.reserve(bytes.length);
    System.arraycopy(bytes, 0, sink.array(), 0, bytes.length);
    sink.advance(bytes.length);
    return sink;
  }
}
