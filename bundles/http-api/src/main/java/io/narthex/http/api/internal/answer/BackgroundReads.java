package io.narthex.http.api.internal.answer;

import io.narthex.api.error.NarthexException;
import io.narthex.http.api.internal.json.ChunkedBody;
import io.narthex.http.api.internal.request.BadParameterException;
import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out off the event loop what is to be answered, on a bounded number of threads. */
public final class BackgroundReads {
  private static final Logger logger = LoggerFactory.getLogger(BackgroundReads.class);

  private final String subject;
  private final Executor threads;
  private final Answers answers;

  /**
   * Reads of one kind.
   *
   * @param subject what is read, for messages
   * @param threads where it is read; may reject
   */
  public BackgroundReads(String subject, Executor threads, Answers answers) {
    this.subject = subject;
    this.threads = threads;
    this.answers = answers;
  }

  /** Something that is read; may take a while. */
  @FunctionalInterface
  public interface Read {
    /** The body of the answer, or null if there is none: status 204. */
    @Nullable ChunkedBody body() throws RefusedException, BadParameterException;
  }

  /** Reads and answers; called on the request's event loop. */
  public void answer(RoutingContext context, Read read) {
    Context eventLoop = context.vertx().getOrCreateContext();
    try {
      threads.execute(
          () -> {
            Runnable answer;
            @Nullable Error fatal = null;
            try {
              answer = run(context, read);
            } catch (Throwable e) {
              // Whatever it is, the client must not wait for ever.
              answer = defect(context, e);
              fatal = e instanceof Error error ? error : null;
            }
            Runnable answered = answer;
            eventLoop.runOnContext(ignored -> answered.run());
            if (fatal != null) {
              throw fatal;
            }
          });
    } catch (RejectedExecutionException e) {
      answers.error(
          context,
          ErrorType.UNAVAILABLE,
          "too many requests for %s wait already, or the HTTP API is stopping".formatted(subject));
    }
  }

  /** Reads; gives what is to be done on the event loop. */
  private Runnable run(RoutingContext context, Read read) {
    try {
      ChunkedBody body = read.body();
      return body == null ? () -> Answers.noContent(context) : () -> answers.success(context, body);
    } catch (RefusedException e) {
      return error(context, e.type(), e.getMessage());
    } catch (BadParameterException e) {
      return error(context, ErrorType.BAD_DATA, e.getMessage());
    } catch (NarthexException e) {
      return error(context, ErrorType.of(e.code()), String.valueOf(e.getMessage()));
    }
  }

  private Runnable defect(RoutingContext context, Throwable e) {
    String message = subject + " could not be read";
    logger.atError().setCause(e).log(message);
    return error(context, ErrorType.INTERNAL, message + ": " + e);
  }

  private Runnable error(RoutingContext context, ErrorType type, String message) {
    return () -> answers.error(context, type, message);
  }
}
