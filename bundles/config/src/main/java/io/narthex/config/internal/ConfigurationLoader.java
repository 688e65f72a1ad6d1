package io.narthex.config.internal;

import io.narthex.api.config.CompanionConfiguration;
import io.narthex.api.config.ConfigurationCheck;
import io.narthex.api.config.ConfigurationFollower;
import io.narthex.api.config.ConfigurationReload;
import io.narthex.api.config.CurrentConfiguration;
import io.narthex.api.config.LoadAttempt;
import io.narthex.api.config.PrometheusConfig;
import io.narthex.api.flags.ServerFlags;
import io.narthex.api.notification.Notifications;
import io.narthex.api.readiness.ReadinessCheck;
import io.narthex.api.scope.BundleScope;
import io.narthex.api.time.Clock;
import io.narthex.config.internal.prometheus.BadConfigurationException;
import io.narthex.config.internal.prometheus.Loaded;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferenceScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the configuration when it is activated, and again when asked, and puts it in force. A bad
 * file at the start of the server ends the process with exit code 1, as upstream does; later, the
 * configuration in force stays. What other bundles check is a part of it. When it is loaded again,
 * so are the configurations that other bundles have beside it, each for itself, and it is not
 * answered before the bundles that are to be waited for act by it.
 */
@Component(
    immediate = true,
    service = {ReadinessCheck.class, ConfigurationReload.class})
public final class ConfigurationLoader implements ReadinessCheck, ConfigurationReload {
  /** System property that tells the launcher the process's exit code. */
  static final String EXIT_CODE = "narthex.exit.code";

  /** System property that tells why, for the last line of the log. */
  static final String EXIT_REASON = "narthex.exit.reason";

  private static final Logger logger = LoggerFactory.getLogger(ConfigurationLoader.class);

  /** How many errors of one load are logged and shown. */
  private static final int TOLD = 100;

  /** How long a reload waits for other bundles. */
  private static final long FOLLOW_MILLIS = 30_000;

  /**
   * How long a reload waits for a configuration of another bundle; longer than that itself does.
   */
  private static final long COMPANION_MILLIS = 90_000;

  private final CurrentConfiguration current;
  private final DiscoveryFactories factories;
  private final WatchedFiles files;
  private final BundleContext context;
  private final ConfigurationSource source;
  private final LoadStatus status;
  private final AttemptQueue attempts;
  private final String name;
  private final ConfigurationChecks checks = new ConfigurationChecks();
  private final Followers followers = new Followers(FOLLOW_MILLIS);
  private final Companions companions = new Companions(COMPANION_MILLIS);

  /** Held while a configuration is loaded or checked. */
  private final Object loading = new Object();

  private boolean started;
  private volatile String problem = "";

  /** How many errors the last load that was refused had. */
  private volatile int errors;

  /** Takes what it needs; {@link #start} loads. */
  @Activate
  public ConfigurationLoader(
      @Reference ServerFlags flags,
      @Reference CurrentConfiguration current,
      @Reference Clock clock,
      @Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED) BundleScope scope,
      @Reference DiscoveryFactories factories,
      @Reference WatchedFiles files,
      BundleContext context) {
    this.current = current;
    this.factories = factories;
    this.files = files;
    this.context = context;
    this.source = new ConfigurationSource(flags);
    this.name =
        ConfigurationSource.file(flags)
            .map(file -> file + " and its rule files")
            .orElse(BuiltInConfiguration.ORIGIN);
    this.status = new LoadStatus(current, clock, scope.metrics());
    this.attempts = new AttemptQueue(scope.pool("reload", 1, 1), this::reloadNow, clock);
  }

  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  void bindNotifications(Notifications notifications) {
    status.add(notifications);
  }

  void unbindNotifications(Notifications notifications) {
    status.remove(notifications);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindCheck(ConfigurationCheck check) {
    synchronized (loading) {
      checks.add(check);
      if (started) {
        current.get().ifPresent(inForce -> checkLate(check, inForce));
      }
    }
  }

  void unbindCheck(ConfigurationCheck check) {
    checks.remove(check);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindFollower(ConfigurationFollower follower) {
    followers.add(follower);
  }

  void unbindFollower(ConfigurationFollower follower) {
    followers.remove(follower);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindCompanion(CompanionConfiguration companion) {
    companions.add(companion);
  }

  void unbindCompanion(CompanionConfiguration companion) {
    companions.remove(companion);
  }

  /** The check came after the configuration was loaded, which may have been at the start. */
  private void checkLate(ConfigurationCheck check, PrometheusConfig inForce) {
    List<String> problems = ConfigurationChecks.problems(check, inForce);
    if (!problems.isEmpty()) {
      List<String> told = told(problems);
      told.forEach(logger::error);
      status.note(told);
      if (context.getBundle(0).getState() == Bundle.ACTIVE) {
        logger.error("the configuration in force has {} error(s)", problems.size());
      } else {
        stopServer(problems.size(), told.getFirst());
      }
    }
  }

  @Activate
  void start() {
    boolean hadNone;
    LoadAttempt attempt;
    synchronized (loading) {
      started = true;
      hadNone = current.get().isEmpty();
      attempt = load("configuration loaded");
    }
    if (hadNone && !attempt.isSuccessful()) {
      stopServer(errors, attempt.problems().getFirst());
    }
  }

  @Deactivate
  void stop() {
    attempts.close();
  }

  @Override
  public CompletableFuture<LoadAttempt> reload() {
    return attempts.add();
  }

  private LoadAttempt reloadNow() {
    LoadAttempt own;
    synchronized (loading) {
      own = load("configuration reloaded");
    }
    // Not under the lock: those that are waited for may be about to bring a check.
    if (own.isSuccessful()) {
      current.get().ifPresent(followers::await);
    }
    return companions.reload(name, own);
  }

  private LoadAttempt load(String success) {
    try {
      files.note();
      Loaded loaded = source.load(factories.snapshot(current.get().isEmpty()));
      List<String> found = checks.problems(loaded.config());
      if (!found.isEmpty()) {
        throw new BadConfigurationException(loaded.config().origin(), found);
      }
      current.publish(loaded.config());
      logLoaded(loaded, success);
      return status.note(List.of());
    } catch (BadConfigurationException e) {
      return refuse(e.problems(), String.valueOf(e.getMessage()));
    } catch (RuntimeException | StackOverflowError e) {
      logger.error("the configuration could not be loaded because of a defect", e);
      String defect = "the configuration could not be loaded because of a defect: " + e;
      return refuse(List.of(defect), defect);
    }
  }

  private static void logLoaded(Loaded loaded, String success) {
    PrometheusConfig config = loaded.config();
    logger
        .atInfo()
        .addKeyValue("config", config.origin())
        .addKeyValue("jobs", config.scrapeConfigs().size())
        .log(success);
    if (!loaded.notActedOn().isEmpty()) {
      logger
          .atWarn()
          .addKeyValue("keys", String.join(", ", loaded.notActedOn()))
          .log("the configuration has keys that this version of Narthex does not act on");
    }
  }

  private LoadAttempt refuse(List<String> problems, String summary) {
    List<String> told = told(problems);
    told.forEach(logger::error);
    problem = summary;
    errors = problems.size();
    if (current.get().isPresent()) {
      logger.error(
          "the configuration has {} error(s); the configuration in force stays", problems.size());
    }
    return status.note(told);
  }

  /** As many of them as somebody may read. */
  private static List<String> told(List<String> problems) {
    if (problems.size() <= TOLD) {
      return problems;
    }
    List<String> told = new ArrayList<>(problems.subList(0, TOLD));
    told.add("and %d more".formatted(problems.size() - TOLD));
    return told;
  }

  private void stopServer(int errors, String first) {
    logger.error("the configuration has {} error(s); the server stops", errors);
    System.setProperty(
        EXIT_REASON, "the configuration has %d error(s), the first: %s".formatted(errors, first));
    System.setProperty(EXIT_CODE, "1");
    try {
      context.getBundle(0).stop();
    } catch (BundleException stop) {
      logger.error("the framework could not be stopped", stop);
    }
  }

  @Override
  public String part() {
    return "config";
  }

  @Override
  public Optional<String> notReady() {
    return current.get().isPresent() ? Optional.empty() : Optional.of(problem);
  }
}
