package io.narthex.discovery.core.internal;

import io.narthex.api.model.Labels;
import io.narthex.api.section.Section;
import io.narthex.spi.discovery.Discovery;
import io.narthex.spi.discovery.DiscoveryFactory;
import io.narthex.spi.discovery.TargetGroup;
import io.narthex.spi.discovery.TargetGroupListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;

/** A factory whose discoveries say what the test wants; fails if it is not called in the guard. */
final class FakeMechanism implements DiscoveryFactory, ComponentServiceObjects<DiscoveryFactory> {
  final List<FakeDiscovery> made = new ArrayList<>();
  final Map<String, Object> properties;
  private final FakeGuard guard;
  boolean failsToStart;
  boolean speaksAtStart;

  FakeMechanism(FakeGuard guard, String mechanism, long serviceId, int ranking) {
    this.guard = guard;
    this.properties =
        Map.of(
            DiscoveryFactory.MECHANISM,
            mechanism,
            Constants.SERVICE_ID,
            serviceId,
            Constants.SERVICE_RANKING,
            ranking);
  }

  @Override
  public Discovery create(Section section) {
    assertGuarded();
    FakeDiscovery discovery = new FakeDiscovery(section.string("key").orElse(""));
    made.add(discovery);
    return discovery;
  }

  FakeDiscovery last() {
    return made.getLast();
  }

  private void assertGuarded() {
    if (!guard.inside) {
      throw new AssertionError("a mechanism was called outside the guard");
    }
  }

  final class FakeDiscovery implements Discovery {
    final String key;
    @Nullable TargetGroupListener listener;
    int closed;

    FakeDiscovery(String key) {
      this.key = key;
    }

    @Override
    public void start(TargetGroupListener listener) {
      assertGuarded();
      if (failsToStart) {
        throw new IllegalStateException("no way");
      }
      this.listener = listener;
      if (speaksAtStart) {
        finds("s", "early:1");
      }
    }

    void finds(String source, String... addresses) {
      says(
          new TargetGroup(
              source,
              Arrays.stream(addresses).map(a -> Labels.of("__address__", a)).toList(),
              Labels.EMPTY));
    }

    void says(TargetGroup... groups) {
      listener.update(List.of(groups));
    }

    @Override
    public void close() {
      assertGuarded();
      closed++;
    }
  }

  @Override
  public DiscoveryFactory getService() {
    return this;
  }

  @Override
  public void ungetService(DiscoveryFactory service) {}

  @Override
  public ServiceReference<DiscoveryFactory> getServiceReference() {
    throw new UnsupportedOperationException();
  }
}
