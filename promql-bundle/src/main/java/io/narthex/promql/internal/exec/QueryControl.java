package io.narthex.promql.internal.exec;

import io.narthex.api.error.ErrorCode;
import io.narthex.api.error.NarthexException;
import io.narthex.api.query.QueryErrors;
import io.narthex.api.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Ends a query from outside: at its deadline, when it is canceled, when the engine stops. The query
 * asks {@link #check} often. May be used from any thread.
 */
public final class QueryControl {
  private static final String EVALUATING = "expression evaluation";
  private static final String WAITING = "query queue";

  /** Why a query was ended. */
  private record Reason(ErrorCode code, String message) {}

  private final Clock clock;
  private final long deadline;
  private volatile String phase = WAITING;
  private volatile @Nullable Reason reason;

  /** A control for a query that waits to run. */
  public QueryControl(Clock clock, long deadlineNanos) {
    this.clock = clock;
    this.deadline = deadlineNanos;
  }

  /** Says that the query does not wait any more. */
  public void started() {
    phase = EVALUATING;
  }

  /** The caller gives up. */
  public void cancel() {
    stop(QueryErrors.CANCELED, "query was canceled in " + phase);
  }

  /** The engine stops. */
  public void engineStopped() {
    stop(QueryErrors.UNAVAILABLE, "the query engine is stopping, try again in a moment");
  }

  /** Ends the query if its time is over; says whether it is. */
  public boolean expire() {
    boolean over = clock.monotonicNanos() - deadline >= 0;
    if (over) {
      stop(QueryErrors.TIMEOUT, "query timed out in " + phase);
    }
    return over;
  }

  /**
   * Does nothing while the query may go on.
   *
   * @throws NarthexException with why it may not
   */
  public void check() {
    expire();
    NarthexException failure = failure();
    if (failure != null) {
      throw failure;
    }
  }

  /** Why the query was ended; null if it was not. */
  public @Nullable NarthexException failure() {
    Reason why = reason;
    return why == null ? null : new NarthexException(why.code, why.message);
  }

  private synchronized void stop(ErrorCode code, String message) {
    if (reason == null) {
      reason = new Reason(code, message);
    }
  }
}
