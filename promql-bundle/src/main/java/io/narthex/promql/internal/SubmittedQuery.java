package io.narthex.promql.internal;

import io.narthex.api.error.NarthexException;
import io.narthex.api.query.Query;
import io.narthex.api.query.QueryErrors;
import io.narthex.api.query.QueryResult;
import io.narthex.api.query.RunningQuery;
import io.narthex.api.storage.StorageErrors;
import io.narthex.promql.internal.exec.QueryControl;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A query from its submission to its result. */
final class SubmittedQuery implements RunningQuery {
  private static final Logger logger = LoggerFactory.getLogger(SubmittedQuery.class);

  /** What runs a query; it may throw anything. */
  @FunctionalInterface
  interface Work {
    QueryResult run(Query query, QueryControl control);
  }

  private final Query query;
  private final QueryControl control;
  private final AtomicBoolean taken = new AtomicBoolean();
  private final CompletableFuture<QueryResult> result = new CompletableFuture<>();

  SubmittedQuery(Query query, QueryControl control) {
    this.query = query;
    this.control = control;
  }

  @Override
  public CompletionStage<QueryResult> result() {
    return result.minimalCompletionStage();
  }

  @Override
  public void cancel() {
    control.cancel();
    endIfWaiting();
  }

  /** Ends the query because the engine stops. */
  void engineStopped() {
    control.engineStopped();
    endIfWaiting();
  }

  /** Ends the query if its time is over. */
  void expire() {
    if (control.expire()) {
      endIfWaiting();
    }
  }

  /** Fails without having run. */
  void reject(NarthexException failure) {
    result.completeExceptionally(failure);
  }

  /** Runs on the calling thread, unless it ended while it waited. */
  void run(Work work) {
    if (!taken.compareAndSet(false, true)) {
      return;
    }
    control.started();
    try {
      result.complete(work.run(query, control));
    } catch (Throwable failure) {
      result.completeExceptionally(translate(failure));
      if (failure instanceof OutOfMemoryError error) {
        throw error;
      }
    }
  }

  /** Nobody is going to run it now, so its result comes from here. */
  private void endIfWaiting() {
    NarthexException failure = control.failure();
    if (failure != null && taken.compareAndSet(false, true)) {
      result.completeExceptionally(failure);
    }
  }

  private NarthexException translate(Throwable failure) {
    NarthexException ended = control.failure();
    if (ended != null) {
      return ended;
    }
    if (failure instanceof NarthexException known) {
      return known.code().equals(StorageErrors.STOPPED)
          ? new NarthexException(
              QueryErrors.UNAVAILABLE, "the storage is stopping, try again in a moment", known)
          : known;
    }
    logger
        .atError()
        .addKeyValue("query", query.expression())
        .setCause(failure)
        .log("query failed by a fault in the engine");
    return new NarthexException(
        QueryErrors.INTERNAL, "fault in the query engine: " + failure, failure);
  }
}
