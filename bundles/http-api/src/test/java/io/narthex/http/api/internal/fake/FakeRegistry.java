package io.narthex.http.api.internal.fake;

import io.narthex.api.target.TargetPool;
import io.narthex.api.target.TargetRegistry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Holds pools. */
public final class FakeRegistry implements TargetRegistry {
  private final Map<String, List<TargetPool>> pools = new TreeMap<>();

  @Override
  public synchronized void publish(String publisher, List<TargetPool> published) {
    pools.put(publisher, published);
  }

  @Override
  public synchronized Map<String, List<TargetPool>> pools() {
    return Map.copyOf(pools);
  }

  @Override
  public Subscription subscribe(Consumer<List<TargetPool>> listener) {
    throw new UnsupportedOperationException();
  }
}
