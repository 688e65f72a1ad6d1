package io.narthex.discovery.core.internal.mechanism;

import io.narthex.api.config.DiscoveryConfig;
import io.narthex.api.guard.PluginGuard;
import io.narthex.api.section.Problem;
import io.narthex.api.section.Section;
import io.narthex.spi.discovery.Discovery;
import io.narthex.spi.discovery.DiscoveryFactory;
import io.narthex.spi.discovery.TargetGroup;
import io.narthex.spi.discovery.TargetGroupListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to discover with one factory, from its start to its end. It gathers what the
 * mechanism says until it is asked for; of several groups of one source the last counts, so that no
 * more is kept than there is to know. May be used from any thread.
 */
final class Run implements TargetGroupListener {
  static final Duration LIMIT = Duration.ofSeconds(10);

  private final DiscoveryConfig config;
  private final FactoryRegistration factory;
  private final PluginGuard guard;
  private final Runnable wake;

  // All guarded by this.
  private @Nullable Discovery discovery;
  private boolean over;
  private Said said = new Said();

  Run(DiscoveryConfig config, FactoryRegistration factory, PluginGuard guard, Runnable wake) {
    this.config = config;
    this.factory = factory;
    this.guard = guard;
    this.wake = wake;
  }

  /** What was said since it was asked for last. */
  static final class Said {
    final Map<String, TargetGroup> groups = new LinkedHashMap<>();
    int updates;
    int failures;
    String problem = "";

    boolean isNothing() {
      return updates == 0 && failures == 0;
    }
  }

  FactoryRegistration factory() {
    return factory;
  }

  /** Creates and starts the discovery; fails with what went wrong, or when time is over. */
  CompletableFuture<Boolean> start() {
    return guard.call(factory.factory(), "start discovery", LIMIT, this::open);
  }

  private Boolean open(DiscoveryFactory service) throws Exception {
    Discovery created = create(service);
    try {
      created.start(this);
    } catch (RuntimeException | Error e) {
      // What it began before it failed must not go on.
      created.close();
      throw e;
    }
    if (isLate(created)) {
      created.close();
    }
    return true;
  }

  private Discovery create(DiscoveryFactory service) {
    List<Problem> problems = new ArrayList<>();
    Section section =
        new Section(
            config.mechanism() + "_sd_configs", config.section(), config.directory(), problems);
    Discovery created = service.create(section);
    section.refuseOthers();
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          problems.stream()
              .map(p -> "line %d: %s".formatted(p.position().line(), p.message()))
              .collect(Collectors.joining("; ")));
    }
    return created;
  }

  /** Whether nobody waits for the discovery any more, so that it is closed where it came up. */
  private synchronized boolean isLate(Discovery created) {
    discovery = created;
    return over;
  }

  /** Ends it: what it says is not heard any more. Completes when it is closed, or not to be. */
  CompletableFuture<?> end() {
    Discovery toClose;
    synchronized (this) {
      if (over) {
        return CompletableFuture.completedFuture(true);
      }
      over = true;
      said = new Said();
      toClose = discovery;
    }
    if (toClose == null) {
      return CompletableFuture.completedFuture(true);
    }
    return guard.call(
        factory.factory(),
        "close discovery",
        LIMIT,
        service -> {
          toClose.close();
          return true;
        });
  }

  @Override
  public void update(List<TargetGroup> groups) {
    for (TargetGroup group : groups) {
      Objects.requireNonNull(group.source(), "a target group has a source");
      Objects.requireNonNull(group.labels(), "a target group has labels, if empty ones");
    }
    boolean first;
    synchronized (this) {
      if (over) {
        return;
      }
      first = said.isNothing();
      said.updates++;
      groups.forEach(group -> said.groups.put(group.source(), group));
    }
    if (first) {
      wake.run();
    }
  }

  @Override
  public void failed(String problem) {
    boolean first;
    synchronized (this) {
      if (over) {
        return;
      }
      first = said.isNothing();
      said.failures++;
      said.problem = problem;
    }
    if (first) {
      wake.run();
    }
  }

  /** What was said since the last call. */
  synchronized Said take() {
    Said taken = said;
    said = new Said();
    return taken;
  }
}
