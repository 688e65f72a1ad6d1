package io.narthex.alerting.internal.notify;

import io.narthex.alerting.internal.config.NotifierKinds;
import io.narthex.alerting.internal.config.NotifierSettings;
import io.narthex.alerting.internal.config.Receiver;
import io.narthex.alerting.internal.config.ReceiverEntry;
import io.narthex.api.error.NarthexException;
import io.narthex.api.guard.PluginGuard;
import io.narthex.api.section.Problem;
import io.narthex.api.template.TemplateSet;
import io.narthex.spi.notify.NotifierFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has notifiers check their entries of a configuration, each call with a limit. A kind that fails
 * is not asked again about the same configuration; its entries then pass unchecked, since a broken
 * drop-in must not keep a configuration from coming into force.
 */
public final class GuardedKinds implements NotifierKinds {
  private static final Logger logger = LoggerFactory.getLogger(GuardedKinds.class);
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final boolean mayCome;
  private final Set<String> installed;
  private final NotifierRegistry registry;
  private final Templates templates;
  private final PluginGuard guard;

  /**
   * What can be asked while one configuration is loaded.
   *
   * @param mayCome whether kinds that nobody provides may still come
   * @param installed the kinds that installed bundles provide, whether they run or not
   */
  public GuardedKinds(
      boolean mayCome,
      Set<String> installed,
      NotifierRegistry registry,
      Templates templates,
      PluginGuard guard) {
    this.mayCome = mayCome;
    this.installed = Set.copyOf(installed);
    this.registry = registry;
    this.templates = templates;
    this.guard = guard;
  }

  @Override
  public boolean isInstalled(String kind) {
    return installed.contains(kind) || registry.best(kind).isPresent();
  }

  @Override
  public boolean mayCome() {
    return mayCome;
  }

  @Override
  public void check(NotifierSettings settings, List<Problem> problems) {
    TemplateSet compiled;
    try {
      compiled = templates.compile(settings);
    } catch (NarthexException e) {
      problems.add(
          new Problem(
              settings.templatesAt(),
              "the templates do not compile: %s".formatted(e.getMessage())));
      return;
    }
    Set<String> failed = new HashSet<>();
    for (Receiver receiver : settings.receivers()) {
      for (ReceiverEntry entry : receiver.entries()) {
        if (!failed.contains(entry.kind()) && !check(settings, entry, compiled, problems)) {
          failed.add(entry.kind());
        }
      }
    }
  }

  /** Whether the notifier could be asked, or is not there to be. */
  private boolean check(
      NotifierSettings settings,
      ReceiverEntry entry,
      TemplateSet compiled,
      List<Problem> problems) {
    NotifierRegistration best = registry.best(entry.kind()).orElse(null);
    if (best == null) {
      return true;
    }
    try {
      guard
          .call(
              best.factory(),
              "create notifier",
              LIMIT,
              factory -> problems(factory, settings, entry, compiled))
          .get(2 * LIMIT.toMillis(), TimeUnit.MILLISECONDS)
          .stream()
          .filter(problem -> !problems.contains(problem))
          .forEach(problems::add);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      logger
          .atWarn()
          .addKeyValue("receiver", entry.path())
          .setCause(e)
          .log("a notifier could not check its entries, they are taken unchecked");
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** To a list of its own, since the factory may go on using it after the limit. */
  private static List<Problem> problems(
      NotifierFactory factory,
      NotifierSettings settings,
      ReceiverEntry entry,
      TemplateSet compiled) {
    List<Problem> problems = new ArrayList<>();
    BoundNotifier.create(factory, entry, settings, compiled, problems).close();
    return List.copyOf(problems);
  }
}
