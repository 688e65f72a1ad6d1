package io.narthex.runtime.internal.holder;

import io.narthex.api.target.TargetPool;
import io.narthex.api.target.TargetRegistry;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Component;

/** Holds the targets of all publishers. */
@Component
public final class TargetHolder implements TargetRegistry {
  private final Broadcast<Map<String, List<TargetPool>>> current = new Broadcast<>();

  /** Starts without targets. */
  public TargetHolder() {
    current.set(Map.of());
  }

  @Override
  public synchronized void publish(String publisher, List<TargetPool> pools) {
    Map<String, List<TargetPool>> next = new TreeMap<>(pools());
    if (pools.isEmpty()) {
      next.remove(publisher);
    } else {
      next.put(publisher, List.copyOf(pools));
    }
    current.set(Collections.unmodifiableMap(next));
  }

  @Override
  public Map<String, List<TargetPool>> pools() {
    Map<String, List<TargetPool>> now = current.get();
    return now == null ? Map.of() : now;
  }

  @Override
  public Subscription subscribe(Consumer<List<TargetPool>> listener) {
    return current.subscribe(
            byPublisher ->
                listener.accept(byPublisher.values().stream().flatMap(List::stream).toList()))
        ::run;
  }
}
