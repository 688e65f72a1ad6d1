package io.narthex.runtime.internal.web;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * The one {@link Vertx} of the process, as a service: event loops only for I/O, and few threads of
 * each kind.
 */
@Component(service = VertxService.class, immediate = true)
public final class VertxService {
  private static final int EVENT_LOOPS =
      Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);
  private static final int WORKERS = 4;

  private final Vertx vertx;
  private final ServiceRegistration<Vertx> registration;

  /** Starts Vert.x. */
  @Activate
  public VertxService(BundleContext context) {
    // Netty and Vert.x look for services by the context class loader, which knows nothing here.
    vertx =
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
    registration =
        context.registerService(
            Vertx.class, vertx, new Hashtable<>(Map.of("narthex.role", "platform")));
  }

  /** Closes it: sockets and clients that are still open close with it. */
  @Deactivate
  public void close() throws Exception {
    registration.unregister();
    vertx.close().toCompletionStage().toCompletableFuture().get(3, TimeUnit.SECONDS);
  }
}
