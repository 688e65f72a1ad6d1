package io.narthex.runtime.internal.heap;

import io.narthex.api.scope.BundleScope;
import io.narthex.runtime.internal.readiness.ReadinessBoard;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceScope;

/**
 * Asks for a collection of the whole heap when the old generation holds much garbage. The serial
 * collector would rather let the heap grow to its limit, so that a small server would take the
 * memory of a large one. A collection of 50 MB takes less than a tenth of a second.
 */
@Component(service = HeapKeeper.class, immediate = true)
public final class HeapKeeper {
  private static final long LOOK_EVERY_MILLIS = 200;

  private final ReadinessBoard board;
  private @Nullable MemoryPoolMXBean old;

  /**
   * Begins to look once the server is ready: looking loads JMX, which the start need not wait for.
   */
  @Activate
  public HeapKeeper(
      @Reference ReadinessBoard board,
      @Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED) BundleScope scope) {
    this.board = board;
    ScheduledExecutorService timer = scope.scheduler("heap");
    timer.scheduleWithFixedDelay(
        this::look, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    MemoryPoolMXBean pool = old;
    if (pool == null) {
      if (board.missing().isEmpty()) {
        old = oldGeneration().orElse(null);
      }
      return;
    }
    MemoryUsage afterLast = pool.getCollectionUsage();
    long left = afterLast == null ? 0 : afterLast.getUsed();
    if (GrowthRule.DEFAULT.isDue(pool.getUsage().getUsed(), left)) {
      System.gc();
    }
  }

  /** The serial collector's; with another one, which looks after itself, there is none. */
  private static Optional<MemoryPoolMXBean> oldGeneration() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getName().equals("Tenured Gen"))
        .findFirst();
  }
}
