package io.narthex.runtime.internal.web;

import io.narthex.api.scope.BundleScope;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceScope;

/**
 * The one {@link Vertx} of the process, as a service: event loops only for I/O, and few threads of
 * each kind.
 */
@Component(service = VertxService.class, immediate = true)
public final class VertxService {
  private static final int EVENT_LOOPS =
      Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);
  private static final int WORKERS = 4;

  private final BundleContext context;
  private @Nullable Vertx vertx;
  private @Nullable ServiceRegistration<Vertx> registration;
  private boolean closed;

  /** Starts Vert.x on a thread of its own: it takes a while, in which others can start too. */
  @Activate
  public VertxService(
      BundleContext context,
      @Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED) BundleScope scope) {
    this.context = context;
    scope.thread("vertx-start", this::start).start();
  }

  private void start() {
    Vertx started =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(EVENT_LOOPS)
                .setWorkerPoolSize(WORKERS)
                .setInternalBlockingPoolSize(2)
                .setPreferNativeTransport(false)
                .setAddressResolverOptions(new AddressResolverOptions())
                // It would unpack resources to a temporary folder, and nobody needs that.
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
    synchronized (this) {
      if (closed) {
        started.close();
        return;
      }
      vertx = started;
    }
    // Outside the lock: those who wait for it are activated on this thread.
    ServiceRegistration<Vertx> registered =
        context.registerService(
            Vertx.class, started, new Hashtable<>(Map.of("narthex.role", "platform")));
    synchronized (this) {
      registration = registered;
    }
  }

  /** Closes it: sockets and clients that are still open close with it. */
  @Deactivate
  public void close() throws Exception {
    Vertx toClose;
    ServiceRegistration<Vertx> toUnregister;
    synchronized (this) {
      closed = true;
      toClose = vertx;
      toUnregister = registration;
    }
    if (toUnregister != null) {
      toUnregister.unregister();
    }
    if (toClose != null) {
      toClose.close().toCompletionStage().toCompletableFuture().get(3, TimeUnit.SECONDS);
    }
  }
}
