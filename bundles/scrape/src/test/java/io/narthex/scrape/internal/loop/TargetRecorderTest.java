package io.narthex.scrape.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.target.Target;
import io.narthex.scrape.internal.fetch.ByteSink;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TargetRecorderTest {
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

  /**
   * Bodies of scrapes at 1000, 2000, 3000 … and what series {@code a} then has. {@code !} is a
   * failed request, the last column whether the target then goes, at 9000.
   */
  static Stream<Arguments> staleness() {
    return Stream.of(
        Arguments.of("stays", "a 1|a 2|a 3", false, "1000=1 2000=2 3000=3"),
        Arguments.of("goes", "a 1|b 1|b 1", false, "1000=1 2000=stale"),
        Arguments.of("goes and returns", "a 1|b 1|a 3", false, "1000=1 2000=stale 3000=3"),
        Arguments.of("empty answer", "a 1||a 3", false, "1000=1 2000=stale 3000=3"),
        Arguments.of("failed request", "a 1|!|!|a 4", false, "1000=1 2000=stale 4000=4"),
        Arguments.of("bad line after it", "a 1|a 2\n}", false, "1000=1 2000=stale"),
        Arguments.of("bad line twice", "a 1|a 2\n}|a 3\n}|a 4", false, "1000=1 2000=stale 4000=4"),
        Arguments.of("new in a failed scrape", "b 1|a 2\n}|b 3", false, ""),
        Arguments.of("own timestamp: no marker", "a 1 500|b 1", false, "500=1"),
        Arguments.of(
            "own timestamp after none", "a 1|a 2 1500|b 1", false, "1000=1 1500=2 2000=stale"),
        Arguments.of(
            "other text, same series",
            "a 1|a{} 2|a{ } 3|b 1",
            false,
            "1000=1 2000=2 3000=3 4000=stale"),
        Arguments.of(
            "twice in one body", "a 1\na{} 1|a{} 2|b 1", false, "1000=1 2000=2 3000=stale"),
        Arguments.of("target goes", "a 1|a 2", true, "1000=1 2000=2 9000=stale"),
        Arguments.of("target goes after a failure", "a 1|!", true, "1000=1 2000=stale"),
        Arguments.of("stale value sent as NaN stays a NaN", "a NaN", false, "1000=0"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("staleness")
  void marksWhatHasGone(String name, String bodies, boolean ends, String expected) {
    long time = 0;
    for (String body : bodies.split("\\|", -1)) {
      time += 1000;
      if (body.equals("!")) {
        fail(time, "no answer");
      } else {
        scrape(time, body);
      }
    }
    if (ends) {
      recorder.recordEnd(storage, 9000);
    }
    String found = samples("a");
    assertThat(name.endsWith("stays a NaN") ? found.replace("NaN", "0") : found)
        .isEqualTo(expected);
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
  void theReportSeriesEndWithTheTarget() {
    scrape(1000, "a 1");
    recorder.recordEnd(storage, 2000);

    assertThat(samples("up")).isEqualTo("1000=1 2000=stale");
    assertThat(samples("scrape_series_added")).isEqualTo("1000=1 2000=stale");
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
    assertThat(metrics.value("narthex_scrape_slow_path_lines_total")).isEqualTo(5);
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
  void timestampsCanBeIgnored() {
    recorder = recorder(Targets.with(Labels.of("job", "j", "instance", "i"), false, false));

    scrape(1000, "a 1 500");
    scrape(2000, "b 1");

    assertThat(samples("a")).isEqualTo("1000=1 2000=stale");
  }

  @Test
  void honoredLabelsReplaceTheTargets() {
    recorder = recorder(Targets.with(Labels.of("job", "j", "instance", "i"), true, true));

    scrape(1000, "a{job=\"mine\",instance=\"\"} 1");

    assertThat(storage.samples("__name__", "a", "job", "mine")).isEqualTo("1000=1");
    assertThat(samples("up")).isEqualTo("1000=1");
  }

  @Test
  void withoutRoomForNewSeriesThoseThatExistGoOn() {
    scrape(1000, "a 1");
    storage.limitSeries(0);

    assertThat(scrape(2000, "new 1\na 2")).isEmpty();

    assertThat(samples("a")).isEqualTo("1000=1 2000=2");
    assertThat(samples("new")).isEmpty();
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

  private TargetRecorder recorder(Target target) {
    return new TargetRecorder(
        target, new AppendSource("scrape", "key"), new ScrapeMetrics(metrics), clock);
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

  static ByteSink sink(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    ByteSink sink = new ByteSink(1 << 20);
    sink.reserve(bytes.length);
    System.arraycopy(bytes, 0, sink.array(), 0, bytes.length);
    sink.advance(bytes.length);
    return sink;
  }
}
