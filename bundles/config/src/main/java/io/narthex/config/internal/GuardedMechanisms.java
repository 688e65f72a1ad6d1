package io.narthex.config.internal;

import io.narthex.api.guard.PluginGuard;
import io.narthex.api.section.Problem;
import io.narthex.api.section.Section;
import io.narthex.config.internal.prometheus.Mechanisms;
import io.narthex.spi.discovery.DiscoveryFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.osgi.service.component.ComponentServiceObjects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has mechanisms check their sections, each call with a limit. One that fails is not asked again
 * while the same configuration is loaded; its sections then pass unchecked, since a broken drop-in
 * must not keep a configuration from coming into force.
 */
final class GuardedMechanisms implements Mechanisms {
  private static final Logger logger = LoggerFactory.getLogger(GuardedMechanisms.class);
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final boolean mayCome;
  private final Set<String> installed;
  private final Function<String, Optional<ComponentServiceObjects<DiscoveryFactory>>> factories;
  private final PluginGuard guard;
  private final Set<String> failed = new HashSet<>();

  GuardedMechanisms(
      boolean mayCome,
      Set<String> installed,
      Function<String, Optional<ComponentServiceObjects<DiscoveryFactory>>> factories,
      PluginGuard guard) {
    this.mayCome = mayCome;
    this.installed = installed;
    this.factories = factories;
    this.guard = guard;
  }

  @Override
  public boolean isInstalled(String mechanism) {
    return installed.contains(mechanism);
  }

  @Override
  public boolean mayCome() {
    return mayCome;
  }

  @Override
  public void check(String mechanism, Section section, boolean keysAreChecked) {
    if (!failed.contains(mechanism)) {
      factories
          .apply(mechanism)
          .ifPresent(factory -> check(mechanism, factory, section, keysAreChecked));
    }
  }

  private void check(
      String mechanism,
      ComponentServiceObjects<DiscoveryFactory> factory,
      Section section,
      boolean keysAreChecked) {
    try {
      guard
          .call(factory, "create", LIMIT, f -> problems(f, section, keysAreChecked))
          .get(2 * LIMIT.toMillis(), TimeUnit.MILLISECONDS)
          .forEach(problem -> add(problem, section));
    } catch (ExecutionException | TimeoutException e) {
      failed.add(mechanism);
      logger
          .atWarn()
          .addKeyValue("mechanism", mechanism)
          .addKeyValue("section", section.name())
          .log("the discovery could not check its sections; they are taken unchecked", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Not where something is wrong already: it would be said twice in other words. */
  private static void add(Problem problem, Section section) {
    if (!section.isReported(problem.position())) {
      section.report(problem.position(), problem.message());
    }
  }

  /** On a copy, since the factory may go on using it after the limit. */
  private static List<Problem> problems(
      DiscoveryFactory factory, Section section, boolean keysAreChecked) {
    List<Problem> problems = new ArrayList<>();
    Section copy = new Section(section.path(), section.node(), section.directory(), problems);
    factory.create(copy);
    if (!keysAreChecked) {
      copy.refuseOthers();
    }
    return List.copyOf(problems);
  }
}
