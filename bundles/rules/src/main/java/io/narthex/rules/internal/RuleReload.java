package io.narthex.rules.internal;

import io.narthex.api.config.PrometheusConfig;
import io.narthex.api.query.ExpressionParser;
import io.narthex.api.template.TemplateEngine;
import io.narthex.rules.internal.evaluate.GroupSet;
import io.narthex.rules.internal.file.RuleFiles;
import io.narthex.rules.internal.file.RuleSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Brings the rules of the configuration in force into evaluation, once there is what reads them.
 * Rules with errors, which only the start of the server lets pass, leave those that are evaluated.
 */
final class RuleReload {
  private static final Logger logger = LoggerFactory.getLogger(RuleReload.class);

  /** How many warnings of one load are logged. */
  private static final int WARNINGS = 100;

  private final Executor thread;
  private final Supplier<Optional<PrometheusConfig>> configuration;
  private final Supplier<@Nullable ExpressionParser> expressions;
  private final Supplier<@Nullable TemplateEngine> templates;
  private final GroupSet groups;

  private @Nullable PrometheusConfig applied;

  // All guarded by this.
  private @Nullable CompletableFuture<Void> waiting;
  private @Nullable CompletableFuture<Void> running;
  private boolean closed;

  RuleReload(
      Executor thread,
      Supplier<Optional<PrometheusConfig>> configuration,
      Supplier<@Nullable ExpressionParser> expressions,
      Supplier<@Nullable TemplateEngine> templates,
      GroupSet groups) {
    this.thread = thread;
    this.configuration = configuration;
    this.expressions = expressions;
    this.templates = templates;
    this.groups = groups;
  }

  /**
   * Looks soon whether there is something to bring into evaluation. One look that waits is enough
   * for all who ask meanwhile: it will see what is there then.
   *
   * @return completes when that was done, or will not be any more
   */
  CompletableFuture<Void> request() {
    CompletableFuture<Void> added = new CompletableFuture<>();
    synchronized (this) {
      if (closed) {
        return CompletableFuture.completedFuture(null);
      }
      if (waiting != null) {
        return waiting.copy();
      }
      waiting = added;
    }
    try {
      thread.execute(() -> run(added));
    } catch (RejectedExecutionException | IllegalStateException stopping) {
      logger.debug("the rules are not reloaded: the bundle stops");
      giveUp(added);
    }
    return added.copy();
  }

  private void giveUp(CompletableFuture<Void> request) {
    synchronized (this) {
      waiting = null;
    }
    request.complete(null);
  }

  private void run(CompletableFuture<Void> request) {
    synchronized (this) {
      if (closed) {
        return;
      }
      waiting = null;
      running = request;
    }
    try {
      apply();
    } finally {
      request.complete(null);
    }
  }

  /** Nobody has to wait any more, and there are no more reloads. */
  void close() {
    CompletableFuture<Void> first;
    CompletableFuture<Void> second;
    synchronized (this) {
      closed = true;
      first = running;
      second = waiting;
      waiting = null;
    }
    if (first != null) {
      first.complete(null);
    }
    if (second != null) {
      second.complete(null);
    }
  }

  private void apply() {
    Optional<PrometheusConfig> current = configuration.get();
    ExpressionParser parser = expressions.get();
    TemplateEngine engine = templates.get();
    if (current.isEmpty() || parser == null || engine == null || isApplied(current.get())) {
      return;
    }
    PrometheusConfig config = current.get();
    RuleSet read = new RuleFiles(parser, engine).read(config);
    if (!read.problems().isEmpty()) {
      logger
          .atError()
          .addKeyValue("errors", read.problems().size())
          .addKeyValue("first", read.problems().getFirst())
          .log("the rules have errors and are not evaluated; those from before go on");
      return;
    }
    warn(read.warnings());
    groups.apply(read.groups());
    applied = config;
    logger
        .atLevel(config.rules().files().isEmpty() ? Level.DEBUG : Level.INFO)
        .addKeyValue("files", config.rules().files().size())
        .addKeyValue("groups", read.groups().size())
        .addKeyValue("rules", read.groups().stream().mapToInt(g -> g.rules().size()).sum())
        .log("rules loaded");
  }

  private static void warn(List<String> warnings) {
    warnings.stream().limit(WARNINGS).forEach(logger::warn);
    if (warnings.size() > WARNINGS) {
      logger.warn("and {} more", warnings.size() - WARNINGS);
    }
  }

  /** Whether what is evaluated says the same; what else has changed is looked up each time. */
  private boolean isApplied(PrometheusConfig config) {
    PrometheusConfig before = applied;
    return before != null
        && before.rules().files().equals(config.rules().files())
        && before.rules().names() == config.rules().names()
        && before.global().evaluationInterval().equals(config.global().evaluationInterval());
  }
}
