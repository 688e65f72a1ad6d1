package io.narthex.alerting.internal.route;

import io.narthex.alerting.internal.config.RouteConfig;
import io.narthex.api.model.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A routing tree. Immutable; may be used from any thread. */
public final class RouteTree {
  private final Route root;

  /** The tree that a file describes. */
  public RouteTree(RouteConfig root) {
    this.root = new Route(root);
  }

  /** The root. */
  public Route root() {
    return root;
  }

  /**
   * The nodes that an alert goes to, in the order of the tree; empty only if the root has matchers.
   */
  public List<Route> match(Labels alert) {
    List<Route> found = new ArrayList<>();
    root.match(alert, found);
    return found;
  }

  /** Visits all nodes, each before those below it. */
  public void walk(Consumer<Route> visit) {
    walk(root, visit);
  }

  private static void walk(Route route, Consumer<Route> visit) {
    visit.accept(route);
    route.routes().forEach(child -> walk(child, visit));
  }
}
