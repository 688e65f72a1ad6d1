package io.narthex.storage.internal.engine;

import io.narthex.api.config.CurrentConfiguration;
import io.narthex.api.config.PrometheusConfig;
import io.narthex.api.error.NarthexException;
import io.narthex.api.flags.ServerFlags;
import io.narthex.api.guard.PluginGuard;
import io.narthex.api.notification.Notifications;
import io.narthex.api.readiness.ReadinessCheck;
import io.narthex.api.scope.BundleScope;
import io.narthex.api.storage.Storage;
import io.narthex.api.time.Clock;
import io.narthex.spi.log.DurableLog;
import io.narthex.spi.log.LogStore;
import io.narthex.storage.internal.append.HeadRoom;
import io.narthex.storage.internal.append.IngestCounters;
import io.narthex.storage.internal.append.IngestLimits;
import io.narthex.storage.internal.checkpoint.Checkpoints;
import io.narthex.storage.internal.disk.DiskRoom;
import io.narthex.storage.internal.exemplar.ExemplarRing;
import io.narthex.storage.internal.head.Head;
import io.narthex.storage.internal.panel.SealedFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.annotations.ReferenceScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The storage of this server. Activation only starts a thread, which opens the log, replays it and
 * then registers the {@link Storage} service through the bundle context: so DS never waits for a
 * replay, and whoever refers to a Storage is satisfied when it is of use. Meanwhile the readiness
 * check says how far the replay is.
 */
@Component(service = ReadinessCheck.class, immediate = true)
public final class StorageComponent implements ReadinessCheck {
  private static final Logger logger = LoggerFactory.getLogger(StorageComponent.class);
  private static final String LOG_NAME = "samples";
  private static final Duration OPEN_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  /** About as much of a checkpoint is one series. */
  private static final long CHECKPOINT_BYTES_OF_SERIES = 128;

  private static final long RETENTION_SECONDS = 60;
  private static final long WATCH_SECONDS = 5;
  private static final long DISK_WATCH_SECONDS = 1;

  /** As often it is looked whether a checkpoint is due. */
  private static final long CHECKPOINT_SECONDS = 5;

  private final BundleContext context;
  private final Clock clock;
  private final BundleScope scope;
  private final PluginGuard guard;
  private final ComponentServiceObjects<LogStore> logStores;
  private final IngestLimits limits;
  private final Duration syncInterval;
  private final Head head;
  private final HeadRoom room;
  private final DiskRoom disk;
  private final Notices notices = new Notices();
  private final HeadWatch watch;
  private final ExemplarRing exemplars;
  private final Checkpoints checkpoints;
  private final CurrentConfiguration.Subscription configurations;
  private final Thread starter;

  private final Object lock = new Object();
  private boolean stopping;
  private long lateWindow;
  private @Nullable Replay replay;
  private @Nullable HeadStorage storage;
  private @Nullable ServiceRegistration<Storage> registration;
  private volatile String waitingFor = "opening the log";

  /** Starts the thread that makes the storage. */
  @Activate
  public StorageComponent(
      BundleContext context,
      @Reference ServerFlags flags,
      @Reference CurrentConfiguration configuration,
      @Reference Clock clock,
      @Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED) BundleScope scope,
      @Reference PluginGuard guard,
      @Reference(scope = ReferenceScope.PROTOTYPE) ComponentServiceObjects<LogStore> logStores) {
    this.context = context;
    this.clock = clock;
    this.scope = scope;
    this.guard = guard;
    this.logStores = logStores;
    limits = StorageFlags.limits(flags, Runtime.getRuntime().maxMemory());
    syncInterval = StorageFlags.syncInterval(flags);
    Path folder = Path.of(flags.get("storage.tsdb.path"));
    Path headFolder = folder.resolve("head");
    head = new Head(new SealedFiles(headFolder));
    disk = DiskRoom.of(folder, () -> head.stats().series() * CHECKPOINT_BYTES_OF_SERIES);
    room = new HeadRoom(head, limits.headBytes());
    watch = new HeadWatch(room, clock, notices);
    boolean keeps = StorageFlags.keepsExemplars(flags);
    exemplars = new ExemplarRing(keeps ? PrometheusConfig.DEFAULT_MAX_EXEMPLARS : 0);
    checkpoints = new Checkpoints(headFolder, head, exemplars, clock);
    configurations = configuration.subscribe(published -> configure(published, keeps));
    starter = scope.thread("start", this::start);
    starter.start();
  }

  private void configure(PrometheusConfig published, boolean keepsExemplars) {
    exemplars.resize(keepsExemplars ? published.maxExemplars() : 0);
    synchronized (lock) {
      lateWindow = published.outOfOrderWindowMillis();
      if (storage != null) {
        storage.lateWindow(lateWindow);
      }
    }
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindNotifications(Notifications bound) {
    notices.bind(bound);
  }

  void unbindNotifications(Notifications gone) {
    notices.unbind(gone);
  }

  @Override
  public String part() {
    return "storage";
  }

  @Override
  public Optional<String> notReady() {
    synchronized (lock) {
      if (registration != null) {
        return Optional.empty();
      }
      return Optional.of(replay == null ? waitingFor : replay.progress());
    }
  }

  private void start() {
    try {
      IngestCounters counters =
          StorageMetrics.register(scope.metrics(), head, room, disk, exemplars, checkpoints);
      DurableLog log = openLog();
      boolean taken = false;
      try {
        taken = replayAndRegister(log, counters);
      } finally {
        if (!taken) {
          log.close();
          head.close();
        }
      }
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  private DurableLog openLog() {
    try {
      return guard.call(logStores, "open", OPEN_LIMIT, store -> store.open(LOG_NAME)).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof NarthexException known ? known : e;
    }
  }

  /** Gives whether the log belongs to a storage now. */
  private boolean replayAndRegister(DurableLog log, IngestCounters counters) {
    long began = clock.monotonicNanos();
    Replay running = new Replay(log, head, exemplars, room, checkpoints);
    synchronized (lock) {
      if (stopping) {
        return false;
      }
      replay = running;
    }
    HeadStorage made =
        new HeadStorage(
            log, head, exemplars, room, clock, limits, counters, disk, checkpoints, running.run());
    running
        .problems()
        .forEach(
            problem ->
                logger
                    .atWarn()
                    .addKeyValue("problem", problem)
                    .log("not all that storage wrote could be read"));
    long millis = (clock.monotonicNanos() - began) / 1_000_000;
    logger
        .atInfo()
        .addKeyValue("samples", running.samples())
        .addKeyValue("checkpoint_samples", running.restored())
        .addKeyValue("series", head.stats().series())
        .addKeyValue("ms", millis)
        .log("log replayed");
    logger
        .atInfo()
        .addKeyValue("limit", limits.headBytes())
        .addKeyValue("series_limit", room.seriesLimit())
        .log(
            "until blocks exist the server keeps only what fits into memory: at the limit new"
                + " series are refused and the oldest samples dropped");
    scope
        .metrics()
        .gauge(
            "prometheus_tsdb_data_replay_duration_seconds",
            "Time taken to replay the data on disk.")
        .set(millis / 1000.0);
    synchronized (lock) {
      if (stopping) {
        return false;
      }
      storage = made;
      made.lateWindow(lateWindow);
    }
    disk.look();
    scheduleSync(log);
    scope
        .scheduler("checkpoint")
        .scheduleWithFixedDelay(
            made::checkpointIfDue, CHECKPOINT_SECONDS, CHECKPOINT_SECONDS, TimeUnit.SECONDS);
    ScheduledExecutorService scheduler = scope.scheduler("retention");
    scheduler.scheduleWithFixedDelay(
        () -> retain(made), RETENTION_SECONDS, RETENTION_SECONDS, TimeUnit.SECONDS);
    scheduler.scheduleWithFixedDelay(watch::look, 0, WATCH_SECONDS, TimeUnit.SECONDS);
    scheduler.scheduleWithFixedDelay(
        StorageMetrics.offHeap(scope.metrics()), 0, WATCH_SECONDS, TimeUnit.SECONDS);
    // On a thread of its own: a disk that answers slowly must not keep retention from running.
    scope
        .scheduler("disk-watch")
        .scheduleWithFixedDelay(
            new DiskWatch(disk, notices, made::diskHasRoom),
            0,
            DISK_WATCH_SECONDS,
            TimeUnit.SECONDS);
    register(made);
    return true;
  }

  private void scheduleSync(DurableLog log) {
    if (limits.syncsEachCommit()) {
      return;
    }
    LogSync sync = new LogSync(log);
    scope
        .metrics()
        .counter(
            "narthex_log_sync_failures_total",
            "Times that the log could not be brought to the disk.",
            sync::failures);
    long nanos = syncInterval.toNanos();
    // On a thread of its own: a disk that is slow to sync must not keep retention from running.
    scope.scheduler("log-sync").scheduleWithFixedDelay(sync, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** Outside the lock: those who wait for the service are activated on this thread. */
  private void register(HeadStorage made) {
    ServiceRegistration<Storage> registered = context.registerService(Storage.class, made, null);
    synchronized (lock) {
      if (!stopping) {
        registration = registered;
        return;
      }
    }
    unregister(registered);
  }

  private static void retain(HeadStorage storage) {
    int series = storage.retain();
    if (series > 0) {
      logger.atInfo().addKeyValue("series", series).log("series older than the retention dropped");
    }
  }

  private void failed(RuntimeException e) {
    synchronized (lock) {
      if (stopping) {
        return;
      }
      replay = null;
      waitingFor = "could not start: " + e.getMessage();
    }
    logger.atError().setCause(e).log("storage could not start");
  }

  /** Takes the service away, cancels what runs and closes the log. */
  @Deactivate
  public void stop() {
    configurations.close();
    notices.close();
    ServiceRegistration<Storage> registered;
    HeadStorage running;
    synchronized (lock) {
      stopping = true;
      registered = registration;
      registration = null;
      running = storage;
      if (replay != null) {
        replay.cancel();
      }
    }
    if (registered != null) {
      unregister(registered);
    }
    if (running != null && !running.stop(STOP_LIMIT)) {
      logger
          .atWarn()
          .addKeyValue("limit", STOP_LIMIT)
          .log("leases not given back in time, log closed");
    }
    // It may just have registered the service, and then takes it away itself.
    awaitStarter();
  }

  private void awaitStarter() {
    try {
      starter.join(STOP_LIMIT);
    } catch (InterruptedException ignored) {
      Thread.currentThread().interrupt();
    }
  }

  private static void unregister(ServiceRegistration<Storage> registered) {
    try {
      registered.unregister();
    } catch (IllegalStateException ignored) {
      // The framework has done it: the bundle is stopping.
    }
  }
}
