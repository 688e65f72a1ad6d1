package io.narthex.promql.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.error.ErrorCode;
import io.narthex.api.error.NarthexException;
import io.narthex.api.flags.ServerFlags;
import io.narthex.api.model.Labels;
import io.narthex.api.query.Query;
import io.narthex.api.query.QueryErrors;
import io.narthex.api.query.QueryOptions;
import io.narthex.api.query.QueryOrigin;
import io.narthex.api.query.QueryResult;
import io.narthex.api.query.QueryValue;
import io.narthex.api.query.RunningQuery;
import io.narthex.api.time.Clock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PromqlEngineTest {
  private final MemoryStorage storage = new MemoryStorage();
  private final FakeScope scope = new FakeScope();
  private final AtomicLong nanos = new AtomicLong();
  private final Map<String, String> flags =
      new HashMap<>(
          Map.of(
              "query.timeout", "2m",
              "query.max-concurrency", "1",
              "rules.max-concurrent-evals", "1",
              "query.max-samples", "1000",
              "query.lookback-delta", "5m"));
  private final CountDownLatch running = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  @AfterEach
  void close() {
    goOn.countDown();
    scope.close();
  }

  @Test
  void answersInstantQuery() {
    storage.add(Labels.of("__name__", "up", "job", "a"), 1000, 1);

    QueryResult result = await(engine().submit(instant("up", 2000)));

    assertThat(result.value())
        .isEqualTo(
            new QueryValue.Vector(
                List.of(new QueryValue.Sample(Labels.of("__name__", "up", "job", "a"), 2000, 1))));
    assertThat(storage.openQueriers).isZero();
  }

  @Test
  void rangeResultIsSortedByLabels() {
    storage.add(Labels.of("__name__", "a", "k", "2"), 0, 1);
    storage.add(Labels.of("__name__", "b", "k", "1"), 0, 1);
    Query query = new Query.Range("{k=~'.+'} + 1", 0, 0, 1000, QueryOptions.DEFAULT);

    QueryValue.Matrix matrix = (QueryValue.Matrix) await(engine().submit(query)).value();

    assertThat(matrix.series())
        .extracting(QueryValue.Series::labels)
        .containsExactly(Labels.of("k", "1"), Labels.of("k", "2"));
  }

  @Test
  void queryMayShortenTheLookback() {
    storage.add(Labels.of("__name__", "up"), 0, 1);
    QueryOptions options =
        new QueryOptions(Optional.empty(), Optional.of(Duration.ofSeconds(1)), QueryOrigin.REQUEST);

    QueryResult result = await(engine().submit(new Query.Instant("up", 1000, options)));

    assertThat(result.value()).isEqualTo(new QueryValue.Vector(List.of()));
  }

  @Test
  void parseErrorIsInTheResult() {
    assertFails(
        engine().submit(instant("up{", 0)),
        QueryErrors.PARSE,
        "1:4: parse error: unexpected end of input inside braces");
  }

  @Test
  void tooManySamplesFail() {
    for (int i = 0; i < 60; i++) {
      storage.add(Labels.of("__name__", "m", "i", "" + i), 0, 1);
    }
    String message = "query processing would load too many samples into memory in query execution";
    PromqlEngine engine = engine();

    assertFails(
        engine.submit(new Query.Range("m", 0, 99_000, 1000, QueryOptions.DEFAULT)),
        QueryErrors.TOO_MANY_SAMPLES,
        message);
    assertFails(
        engine.submit(new Query.Range("1", 0, Long.MAX_VALUE - 1, 1, QueryOptions.DEFAULT)),
        QueryErrors.TOO_MANY_SAMPLES,
        message);
    assertThat(await(engine.submit(instant("count(m)", 0))).value())
        .isEqualTo(new QueryValue.Vector(List.of(new QueryValue.Sample(Labels.EMPTY, 0, 60))));
  }

  @Test
  void wideWindowCountsAgainstTheLimit() {
    for (int i = 0; i < 5000; i++) {
      storage.add(Labels.of("__name__", "m"), i, 1);
    }

    assertFails(
        engine().submit(instant("sum_over_time(m[1h])", 5000)),
        QueryErrors.TOO_MANY_SAMPLES,
        "query processing would load too many samples into memory in query execution");
  }

  @Test
  void runningQueryIsCanceled() throws InterruptedException {
    PromqlEngine engine = engine();
    RunningQuery query = submitBlocked(engine);

    query.cancel();
    goOn.countDown();

    assertFails(query, QueryErrors.CANCELED, "query was canceled in expression evaluation");
    assertThat(await(engine.submit(instant("1", 0))).value()).isInstanceOf(QueryValue.Scalar.class);
    assertThat(storage.openQueriers).isZero();
  }

  @Test
  void waitingQueryIsCanceledAtOnce() throws InterruptedException {
    PromqlEngine engine = engine();
    submitBlocked(engine);
    RunningQuery waiting = engine.submit(instant("1", 0));

    waiting.cancel();

    assertFails(waiting, QueryErrors.CANCELED, "query was canceled in query queue");
  }

  @Test
  void runningQueryTimesOut() throws InterruptedException {
    RunningQuery query = submitBlocked(engine());

    nanos.set(TimeUnit.MINUTES.toNanos(2));
    goOn.countDown();

    assertFails(query, QueryErrors.TIMEOUT, "query timed out in expression evaluation");
  }

  @Test
  void waitingQueryTimesOutByItsOwnTimeout() throws InterruptedException {
    PromqlEngine engine = engine();
    RunningQuery first = submitBlocked(engine);
    QueryOptions options =
        new QueryOptions(Optional.of(Duration.ofSeconds(5)), Optional.empty(), QueryOrigin.REQUEST);
    RunningQuery waiting = engine.submit(new Query.Instant("1", 0, options));

    nanos.set(TimeUnit.SECONDS.toNanos(6));

    assertFails(waiting, QueryErrors.TIMEOUT, "query timed out in query queue");
    goOn.countDown();
    assertThat(await(first).value()).isInstanceOf(QueryValue.Vector.class);
  }

  @Test
  void stoppingFailsRunningAndWaitingQueries() throws InterruptedException {
    PromqlEngine engine = engine();
    RunningQuery first = submitBlocked(engine);
    RunningQuery waiting = engine.submit(instant("1", 0));

    engine.stop();
    goOn.countDown();

    String message = "the query engine is stopping, try again in a moment";
    assertFails(waiting, QueryErrors.UNAVAILABLE, message);
    assertFails(first, QueryErrors.UNAVAILABLE, message);
    assertFails(engine.submit(instant("1", 0)), QueryErrors.UNAVAILABLE, message);
    scope.close();
    assertFails(engine.submit(instant("1", 0)), QueryErrors.UNAVAILABLE, message);
  }

  @Test
  void stoppedStorageMakesQueriesUnavailable() {
    storage.stopped = true;

    assertFails(
        engine().submit(instant("up", 0)),
        QueryErrors.UNAVAILABLE,
        "the storage is stopping, try again in a moment");
  }

  @Test
  void faultIsInternal() {
    storage.add(Labels.of("__name__", "up"), 0, 1);
    storage.atEachSeries =
        () -> {
          throw new IllegalStateException("boom");
        };

    assertFails(
        engine().submit(instant("up", 0)),
        QueryErrors.INTERNAL,
        "fault in the query engine: java.lang.IllegalStateException: boom");
    assertThat(storage.openQueriers).isZero();
  }

  @Test
  void fullQueueRefuses() throws InterruptedException {
    PromqlEngine engine = engine();
    submitBlocked(engine);
    for (int i = 0; i < PromqlEngine.MAX_WAITING; i++) {
      engine.submit(instant("1", 0));
    }

    assertThat(gauge("prometheus_engine_queries")).isEqualTo(PromqlEngine.MAX_WAITING + 1);
    assertFails(
        engine.submit(instant("1", 0)),
        QueryErrors.UNAVAILABLE,
        "1000 queries wait already while 1 run (--query.max-concurrency), try again later");
    assertThat(gauge("prometheus_engine_queries")).isEqualTo(PromqlEngine.MAX_WAITING + 1);
  }

  @Test
  void rulesDoNotWaitForRequests() throws Exception {
    PromqlEngine engine = engine();
    RunningQuery request = submitBlocked(engine);

    RunningQuery rule = engine.submit(new Query.Instant("1", 0, QueryOptions.RULE));

    assertThat(await(rule).value()).isEqualTo(new QueryValue.Scalar(0, 1));
    assertThat(request.result().toCompletableFuture()).isNotDone();
    goOn.countDown();
    await(request);
  }

  @Test
  void countsAndTimesQueries() {
    PromqlEngine engine = engine();

    await(engine.submit(new Query.Range("1", 0, 1000, 1000, QueryOptions.DEFAULT)));

    assertThat(gauge("prometheus_engine_queries_concurrent_max")).isEqualTo(1);
    String name = "prometheus_engine_query_duration_seconds";
    assertThat(scope.observations)
        .containsOnlyKeys(
            name + "[queue_time]",
            name + "[prepare_time]",
            name + "[inner_eval]",
            name + "[result_sort]");
  }

  @Test
  void wrongFlagIsNamed() {
    flags.put("query.timeout", "soon");
    assertThatThrownBy(this::engine)
        .hasMessage("flag --query.timeout is \"soon\", but must be a duration above 0 such as 5m");
    flags.put("query.timeout", "2m");
    flags.put("query.max-concurrency", "0");
    assertThatThrownBy(this::engine)
        .hasMessage("flag --query.max-concurrency is \"0\", but must be a whole number above 0");
  }

  private double gauge(String name) {
    return scope.gauges.get(name).getAsDouble();
  }

  /** Submits a query that stands still in the storage until {@link #goOn}. */
  private RunningQuery submitBlocked(PromqlEngine engine) throws InterruptedException {
    storage.add(Labels.of("__name__", "blocked"), 0, 1);
    storage.atEachSeries =
        () -> {
          running.countDown();
          try {
            goOn.await(30, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    RunningQuery query = engine.submit(instant("blocked", 0));
    assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
    return query;
  }

  private PromqlEngine engine() {
    Clock clock =
        new Clock() {
          @Override
          public long wallMillis() {
            return 0;
          }

          @Override
          public long monotonicNanos() {
            return nanos.get();
          }
        };
    return new PromqlEngine(storage, scope, new Flags(flags), clock);
  }

  private static Query instant(String expression, long time) {
    return new Query.Instant(expression, time, QueryOptions.DEFAULT);
  }

  private static QueryResult await(RunningQuery query) {
    return query.result().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static void assertFails(RunningQuery query, ErrorCode code, String message) {
    assertThatThrownBy(() -> await(query))
        .isInstanceOf(CompletionException.class)
        .cause()
        .hasMessage(message)
        .isInstanceOfSatisfying(NarthexException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private record Flags(Map<String, String> values) implements ServerFlags {
    @Override
    public String get(String name) {
      return find(name).orElseThrow(() -> new IllegalArgumentException(name));
    }

    @Override
    public Optional<String> find(String name) {
      return Optional.ofNullable(values.get(name));
    }

    @Override
    public List<String> all(String name) {
      return List.of();
    }

    @Override
    public boolean isOn(String name) {
      return false;
    }

    @Override
    public SortedMap<String, String> listing() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Path dataDirectory() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Path home() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String narthexVersion() {
      return "0";
    }

    @Override
    public String upstreamVersion() {
      return "3.14.0";
    }
  }
}
