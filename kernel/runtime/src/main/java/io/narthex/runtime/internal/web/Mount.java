package io.narthex.runtime.internal.web;

import io.vertx.ext.web.Router;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/**
 * A path and who answers under it.
 *
 * @param path begins with a slash and does not end with one, except the root
 * @param router null: the bundle is there, but its routes are not now
 * @param dropIn whether the routes may block, so that they must not run on an event loop
 */
record Mount(String path, Bundle bundle, @Nullable Router router, boolean dropIn) {
  /** Rejects paths that could not match. */
  Mount {
    if (!path.equals("/") && !path.matches("(/[^/?#]+)+")) {
      throw new IllegalArgumentException(
          "a mount is a path such as /api/v1, without a slash at its end, got \"%s\""
              .formatted(path));
    }
  }

  /** The pattern of a route that covers the mount. */
  String pattern() {
    return path.equals("/") ? "/*" : path + "/*";
  }

  /** The same path without its routes. */
  Mount away() {
    return new Mount(path, bundle, null, dropIn);
  }
}
