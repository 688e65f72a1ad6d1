package io.narthex.rules.internal.alert;

import io.narthex.api.error.NarthexException;
import io.narthex.api.query.QueryValue;
import io.narthex.api.template.TemplateContext;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Remembers whether a query of a template could not be run, because the engine is being replaced or
 * the evaluation was given up: whatever the template makes of that is no text of the alert.
 */
final class WatchedQueries implements TemplateContext {
  private final TemplateContext context;
  private @Nullable NarthexException notRun;

  WatchedQueries(TemplateContext context) {
    this.context = context;
  }

  @Override
  public String externalUrl() {
    return context.externalUrl();
  }

  @Override
  public Instant now() {
    return context.now();
  }

  @Override
  public List<QueryValue.Sample> query(String expression) {
    try {
      return context.query(expression);
    } catch (NarthexException e) {
      if (isNotRun(e)) {
        notRun = e;
      }
      throw e;
    }
  }

  /** Throws what kept a query from being run, if anything did. */
  void rethrow() {
    if (notRun != null) {
      throw notRun;
    }
  }

  /** Throws the error if it says that something could not be done now. */
  static void rethrow(NarthexException error) {
    if (isNotRun(error)) {
      throw error;
    }
  }

  private static boolean isNotRun(NarthexException error) {
    return switch (error.code().kind()) {
      case UNAVAILABLE, CANCELED -> true;
      default -> false;
    };
  }
}
