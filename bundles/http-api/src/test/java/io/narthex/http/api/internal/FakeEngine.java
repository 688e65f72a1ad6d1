package io.narthex.http.api.internal;

import io.narthex.api.query.Query;
import io.narthex.api.query.QueryEngine;
import io.narthex.api.query.QueryResult;
import io.narthex.api.query.RunningQuery;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/** An engine that answers as it is told, and remembers what it was asked. */
final class FakeEngine implements QueryEngine {
  final BlockingQueue<Query> asked = new LinkedBlockingQueue<>();
  final CountDownLatch canceled = new CountDownLatch(1);
  private final Function<Query, CompletableFuture<QueryResult>> behaviour;

  FakeEngine(Function<Query, CompletableFuture<QueryResult>> behaviour) {
    this.behaviour = behaviour;
  }

  static FakeEngine giving(QueryResult result) {
    return new FakeEngine(ignored -> CompletableFuture.completedFuture(result));
  }

  static FakeEngine failing(Throwable failure) {
    return new FakeEngine(ignored -> CompletableFuture.failedFuture(failure));
  }

  @Override
  public RunningQuery submit(Query query) {
    asked.add(query);
    CompletableFuture<QueryResult> result = behaviour.apply(query);
    return new RunningQuery() {
      @Override
      public CompletionStage<QueryResult> result() {
        return result;
      }

      @Override
      public void cancel() {
        canceled.countDown();
      }
    };
  }
}
