package io.narthex.alerting.internal;

import io.narthex.alerting.internal.config.AlertmanagerConfig;
import io.narthex.alerting.internal.config.BadConfigurationException;
import io.narthex.alerting.internal.config.Loaded;
import io.narthex.alerting.internal.config.Receiver;
import io.narthex.alerting.internal.config.ReceiverEntry;
import io.narthex.alerting.internal.notify.GuardedKinds;
import io.narthex.alerting.internal.notify.NotifierRegistry;
import io.narthex.alerting.internal.notify.Templates;
import io.narthex.api.config.LoadAttempt;
import io.narthex.api.guard.PluginGuard;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the configuration as a transaction: what is wrong with the file, its templates or its
 * receivers leaves the configuration in force as it is.
 */
final class ConfigurationLoading {
  private static final Logger logger = LoggerFactory.getLogger(ConfigurationLoading.class);
  private static final long APPLY_SECONDS = 60;

  private final ConfigurationFile file;
  private final ServerProcess process;
  private final NotifierRegistry registry;
  private final Templates templates;
  private final PluginGuard guard;
  private final AlertingEngine engine;
  private final LoadStatus status;

  ConfigurationLoading(
      ConfigurationFile file,
      ServerProcess process,
      NotifierRegistry registry,
      Templates templates,
      PluginGuard guard,
      AlertingEngine engine,
      LoadStatus status) {
    this.file = file;
    this.process = process;
    this.registry = registry;
    this.templates = templates;
    this.guard = guard;
    this.engine = engine;
    this.status = status;
  }

  /** Loads, and says how it went; never fails. */
  LoadAttempt load(String success) {
    try {
      GuardedKinds kinds =
          new GuardedKinds(
              engine.running().isEmpty(), process.installedKinds(), registry, templates, guard);
      Loaded loaded = file.load(kinds);
      engine
          .apply(loaded.config(), templates.compile(loaded.config().notifiers()))
          .get(APPLY_SECONDS, TimeUnit.SECONDS);
      logLoaded(loaded, success);
      logUnprovided(loaded.config(), kinds);
      return status.note(List.of());
    } catch (BadConfigurationException e) {
      return refuse(e.problems());
    } catch (RuntimeException | ExecutionException | TimeoutException e) {
      logger.error("the alerting configuration could not be loaded because of a defect", e);
      return refuse(List.of("the configuration could not be loaded because of a defect: " + e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return refuse(List.of("the configuration was not loaded: the alerting bundle stops"));
    }
  }

  private static void logLoaded(Loaded loaded, String success) {
    AlertmanagerConfig config = loaded.config();
    logger
        .atInfo()
        .addKeyValue("config", config.origin())
        .addKeyValue("receivers", config.receivers().size())
        .log(success);
    if (!loaded.notActedOn().isEmpty()) {
      logger
          .atWarn()
          .addKeyValue("keys", String.join(", ", loaded.notActedOn()))
          .log("the alerting configuration has keys that this version does not act on");
    }
  }

  /** At the first start drop-ins may still come; until then these receivers tell nobody. */
  private static void logUnprovided(AlertmanagerConfig config, GuardedKinds kinds) {
    for (Receiver receiver : config.receivers()) {
      receiver.entries().stream()
          .map(ReceiverEntry::kind)
          .distinct()
          .filter(kind -> !kinds.isInstalled(kind))
          .forEach(
              kind ->
                  logger.error(
                      "receiver \"{}\" uses {}_configs, which no installed bundle provides: it tells"
                          + " nobody until one comes",
                      receiver.name(),
                      kind));
    }
  }

  private LoadAttempt refuse(List<String> problems) {
    problems.forEach(logger::error);
    logger
        .atError()
        .addKeyValue("errors", problems.size())
        .addKeyValue("in_force", engine.running().map(r -> r.config().origin()).orElse("none"))
        .log("the alerting configuration is not taken");
    return status.note(problems);
  }
}
