package io.narthex.console.internal;

import io.narthex.api.flags.ServerFlags;
import io.narthex.api.scope.BundleScope;
import io.narthex.api.time.Clock;
import io.narthex.console.internal.access.ConsoleUsers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the web console if {@code --console.users-file} says who may use it. What prevents it is
 * one line in the log; the rest of the server does not depend on it.
 */
@Component(
    immediate = true,
    service = {})
public final class ConsoleComponent {
  private static final Logger logger = LoggerFactory.getLogger(ConsoleComponent.class);

  private final BundleContext context;
  private final ServerFlags flags;
  private final Clock clock;
  private final ConsoleBundles bundles;
  private @Nullable ConsoleServices services;
  private boolean stopped;

  /** Starts it on a thread of its own: the rest of the server does not wait for it. */
  @Activate
  public ConsoleComponent(
      BundleContext context,
      @Reference ServerFlags flags,
      @Reference Clock clock,
      @Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED) BundleScope scope) {
    this.context = context;
    this.flags = flags;
    this.clock = clock;
    this.bundles = new ConsoleBundles(context);
    flags
        .find("console.users-file")
        .ifPresent(file -> scope.thread("start", () -> start(Path.of(file))).start());
  }

  private synchronized void start(Path usersFile) {
    if (stopped) {
      return;
    }
    try {
      ConsoleAddress address = ConsoleAddress.parse(flags.get("console.listen-address"));
      ConsoleUsers users = new ConsoleUsers(usersFile);
      bundles.start(flags.home().resolve("console"), properties(address));
      services =
          ConsoleServices.register(
              context, users, flags.dataDirectory().resolve("audit"), clock, address.host());
      logger.atInfo().addKeyValue("url", address.url()).log("the console is there");
    } catch (IOException | BundleException | IllegalArgumentException e) {
      bundles.stop();
      logger
          .atError()
          .addKeyValue("err", e instanceof IOException ? e.toString() : e.getMessage())
          .log("the console is not started");
    }
  }

  private static Map<String, String> properties(ConsoleAddress address) {
    return Map.of(
        "org.apache.felix.http.host",
        address.host(),
        "org.osgi.service.http.port",
        Integer.toString(address.port()),
        "org.apache.felix.http.jetty.threadpool.max",
        "8",
        "felix.webconsole.security.providers",
        ConsoleServices.GUARD_ID);
  }

  @Deactivate
  synchronized void stop() {
    stopped = true;
    if (services != null) {
      services.unregister();
    }
    // When the framework stops, its bundles go with it.
    if (context.getBundle(0).getState() == org.osgi.framework.Bundle.ACTIVE) {
      bundles.stop();
    }
  }
}
