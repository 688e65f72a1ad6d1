package io.narthex.runtime.internal.web;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;

/**
 * The mounts, those with the longest paths first. A mount whose routes went away stays in the
 * table, without routes, as long as its bundle is installed, so that its paths answer 503 and not
 * 404.
 */
final class RouteTable {
  private final Map<Object, Mount> byProvider = new HashMap<>();
  private final Map<String, Mount> away = new HashMap<>();
  private final Consumer<List<Mount>> listener;

  /** The listener gets the complete table after each change, in order. */
  RouteTable(Consumer<List<Mount>> listener) {
    this.listener = listener;
  }

  /** Adds the routes of a provider. */
  synchronized void add(Object provider, Mount mount) {
    byProvider.put(provider, mount);
    away.remove(mount.path());
    publish();
  }

  /** Takes the routes of a provider away. */
  synchronized void remove(Object provider) {
    Mount gone = byProvider.remove(provider);
    if (gone != null) {
      away.put(gone.path(), gone.away());
      publish();
    }
  }

  /** Forgets what an uninstalled bundle had. */
  synchronized void forget(Bundle bundle) {
    if (away.values().removeIf(mount -> mount.bundle().equals(bundle))) {
      publish();
    }
  }

  private void publish() {
    Map<String, Mount> all = new HashMap<>(away);
    byProvider.values().forEach(mount -> all.put(mount.path(), mount));
    listener.accept(
        all.values().stream()
            .sorted(
                Comparator.comparingInt((Mount mount) -> -mount.path().length())
                    .thenComparing(Mount::path))
            .toList());
  }
}
