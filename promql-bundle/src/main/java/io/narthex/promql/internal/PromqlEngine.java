package io.narthex.promql.internal;

import io.narthex.api.error.NarthexException;
import io.narthex.api.flags.ServerFlags;
import io.narthex.api.query.Query;
import io.narthex.api.query.QueryEngine;
import io.narthex.api.query.QueryErrors;
import io.narthex.api.query.QueryOrigin;
import io.narthex.api.query.QueryResult;
import io.narthex.api.query.RunningQuery;
import io.narthex.api.readiness.ReadinessCheck;
import io.narthex.api.scope.BundleScope;
import io.narthex.api.storage.Storage;
import io.narthex.api.time.Clock;
import io.narthex.promql.internal.exec.Execution;
import io.narthex.promql.internal.exec.QueryControl;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceScope;

/**
 * Runs PromQL on the storage that is there. When the storage is replaced, so is this component;
 * queries that run then fail, and may be submitted again to the next engine.
 */
@Component(
    immediate = true,
    service = {QueryEngine.class, ReadinessCheck.class})
public final class PromqlEngine implements QueryEngine, ReadinessCheck {
  /** How many queries may wait for a thread. */
  static final int MAX_WAITING = 1000;

  private static final long SWEEP_MILLIS = 250;

  private final EngineSettings settings;
  private final Clock clock;
  private final Execution execution;
  private final EngineMetrics metrics;
  private final Map<QueryOrigin, ExecutorService> threads = new EnumMap<>(QueryOrigin.class);
  private final Set<SubmittedQuery> queries = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;

  /** Starts the threads. */
  @Activate
  public PromqlEngine(
      @Reference Storage storage,
      @Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED) BundleScope scope,
      @Reference ServerFlags flags,
      @Reference Clock clock) {
    this.settings = EngineSettings.of(flags);
    this.clock = clock;
    this.execution =
        new Execution(storage, new Execution.Limits(settings.lookback(), settings.maxSamples()));
    this.metrics = new EngineMetrics(scope.metrics(), settings.maxConcurrency(), queries::size);
    threads.put(QueryOrigin.REQUEST, scope.pool("query", settings.maxConcurrency(), MAX_WAITING));
    threads.put(
        QueryOrigin.RULE, scope.pool("rule-query", settings.maxConcurrentRules(), MAX_WAITING));
    ScheduledExecutorService sweeper = scope.scheduler("query-timeouts");
    sweeper.scheduleWithFixedDelay(
        () -> queries.forEach(SubmittedQuery::expire),
        SWEEP_MILLIS,
        SWEEP_MILLIS,
        TimeUnit.MILLISECONDS);
  }

  /** Ends all queries. */
  @Deactivate
  void stop() {
    stopped = true;
    queries.forEach(SubmittedQuery::engineStopped);
  }

  @Override
  public RunningQuery submit(Query query) {
    long submitted = clock.monotonicNanos();
    QueryControl control = new QueryControl(clock, submitted + timeoutNanos(query));
    SubmittedQuery running = new SubmittedQuery(query, control);
    queries.add(running);
    running.result().whenComplete((result, failure) -> queries.remove(running));
    if (stopped) {
      // Added too late for stop() to see it. If it is not stopped yet, stop() will.
      running.engineStopped();
      return running;
    }
    try {
      threads(query).execute(() -> running.run((q, c) -> run(q, c, submitted)));
    } catch (RejectedExecutionException | IllegalStateException full) {
      running.reject(refusal(query.options().origin()));
    }
    return running;
  }

  @Override
  public String part() {
    return "promql";
  }

  @Override
  public Optional<String> notReady() {
    return Optional.empty();
  }

  private QueryResult run(Query query, QueryControl control, long submitted) {
    metrics.queued(clock.monotonicNanos() - submitted);
    try (EngineMetrics.StopWatch watch = metrics.stopWatch(clock)) {
      return execution.run(query, control, watch);
    }
  }

  private ExecutorService threads(Query query) {
    return Objects.requireNonNull(threads.get(query.options().origin()));
  }

  private NarthexException refusal(QueryOrigin origin) {
    String message =
        stopped ? "the query engine is stopping, try again in a moment" : tooMany(origin);
    return new NarthexException(QueryErrors.UNAVAILABLE, message);
  }

  private String tooMany(QueryOrigin origin) {
    return switch (origin) {
      case REQUEST ->
          "%d queries wait already while %d run (--query.max-concurrency), try again later"
              .formatted(MAX_WAITING, settings.maxConcurrency());
      case RULE ->
          "%d queries of rules wait already while %d run (--rules.max-concurrent-evals)"
              .formatted(MAX_WAITING, settings.maxConcurrentRules());
    };
  }

  private long timeoutNanos(Query query) {
    Duration server = Duration.ofMillis(settings.timeout());
    Duration timeout =
        query.options().timeout().filter(t -> t.compareTo(server) < 0).orElse(server);
    return timeout.toNanos();
  }
}
