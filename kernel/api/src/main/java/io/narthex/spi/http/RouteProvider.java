package io.narthex.spi.http;

import io.vertx.ext.web.Router;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Adds HTTP routes. Register it as an OSGi service with the property {@link #MOUNT}. While it is
 * registered its routes answer; when it goes they answer 503 as long as its bundle is installed,
 * and 404 after that. The longest mount that fits a request's path gets it.
 *
 * <p>Handlers of the bundles that come with Narthex run on an event loop and must not block.
 * Handlers of drop-ins run on a thread of their own bundle inside the guard, and may block for a
 * while.
 */
@ConsumerType
public interface RouteProvider {
  /**
   * Service property, mandatory: the path under which the routes are mounted, for example {@code
   * /api/v1}.
   */
  String MOUNT = "narthex.http.mount";

  /** Adds the routes, with paths relative to the mount. Called once for each registration. */
  void mount(Router router);
}
