package io.narthex.rules.internal.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.narthex.api.error.NarthexException;
import io.narthex.api.query.QueryEngine;
import io.narthex.api.query.QueryErrors;
import io.narthex.api.query.QueryResult;
import io.narthex.api.query.RunningQuery;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class EngineQueriesTest {
  private final CompletableFuture<QueryResult> result = new CompletableFuture<>();
  private boolean canceled;
  private final QueryEngine engine =
      query ->
          new RunningQuery() {
            @Override
            public CompletionStage<QueryResult> result() {
              return result;
            }

            @Override
            public void cancel() {
              canceled = true;
            }
          };

  @Test
  void whoIsInterruptedCancelsTheQuery() {
    Thread.currentThread().interrupt();

    NarthexException error =
        catchThrowableOfType(NarthexException.class, () -> new EngineQueries(engine).query("x", 0));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(error.code()).isEqualTo(QueryErrors.CANCELED);
    assertThat(canceled).isTrue();
  }

  @Test
  void theEnginesErrorIsTheRules() {
    NarthexException failure = new NarthexException(QueryErrors.TIMEOUT, "query timed out");
    result.completeExceptionally(failure);

    assertThat(
            catchThrowableOfType(
                NarthexException.class, () -> new EngineQueries(engine).query("x", 0)))
        .isSameAs(failure);
  }

  @Test
  void aDefectOfTheEngineIsAnErrorToo() {
    result.completeExceptionally(new IllegalStateException("broken"));

    assertThat(
            catchThrowableOfType(
                NarthexException.class, () -> new EngineQueries(engine).query("x", 0)))
        .hasMessage("the query failed: java.lang.IllegalStateException: broken");
  }
}
