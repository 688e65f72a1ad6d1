package io.narthex.api.query;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** A query that was submitted. May be used from any thread. */
@ProviderType
public interface RunningQuery {
  /**
   * The result, later. It fails with a {@link io.narthex.api.error.NarthexException}; completes on
   * a thread of the engine, so what is chained to it must be short or go elsewhere.
   */
  CompletionStage<QueryResult> result();

  /**
   * Gives up: the query frees what it holds, and its result fails with {@link
   * QueryErrors#CANCELED}.
   */
  void cancel();
}
