package io.narthex.discovery.file.internal.watch;

import io.narthex.api.scope.BundleScope;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of changes in folders, for all discoveries on one thread: the operating system's watches
 * are few. What they do not see (a folder that comes to be, is replaced as a whole or by another
 * link; a file behind a link) is looked at each second. Begins when it is first needed. May be used
 * from any thread.
 */
public final class FolderWatch {
  private static final Logger logger = LoggerFactory.getLogger(FolderWatch.class);
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final BundleScope scope;
  private final Runnable failed;
  private final Object lock = new Object();
  private final Map<WatchKey, Set<Watching>> users = new ConcurrentHashMap<>();
  private final Set<Watching> all = new CopyOnWriteArraySet<>();
  private @Nullable WatchService service;
  private boolean begun;
  private long lastLook = System.nanoTime();

  /**
   * A watch.
   *
   * @param failed called each time something cannot be watched
   */
  public FolderWatch(BundleScope scope, Runnable failed) {
    this.scope = scope;
    this.failed = failed;
  }

  /** Folders somebody wants to hear of; none at first. */
  public Watching watching(Runnable changed) {
    return new Watching(changed);
  }

  /** How many want to hear of some. */
  public int size() {
    return all.size();
  }

  /** Folders of one who wants to hear of them. */
  public final class Watching implements AutoCloseable {
    private final Runnable changed;
    private final Set<WatchKey> keys = new HashSet<>();
    private final Map<Path, Identity> seen = new ConcurrentHashMap<>();
    private final Map<Path, String> problems = new HashMap<>();
    private boolean closed;

    private Watching(Runnable changed) {
      this.changed = changed;
    }

    /**
     * Says what to watch from now on, instead of what was said before.
     *
     * @param folders each change in them is told
     * @param links files of which is told when another is there, or it was written
     * @return whether some of it was not watched before: changes until now may have been missed
     */
    public boolean cover(Set<Path> folders, Set<Path> links) {
      synchronized (lock) {
        if (closed) {
          return false;
        }
        all.add(this);
        begin();
        boolean more = look(folders) | look(links);
        seen.keySet().removeIf(path -> !folders.contains(path) && !links.contains(path));
        problems.keySet().retainAll(folders);
        return register(folders) | more;
      }
    }

    private boolean look(Set<Path> paths) {
      boolean more = false;
      for (Path path : paths) {
        more |= seen.putIfAbsent(path, Identity.of(path)) == null;
      }
      return more;
    }

    private boolean register(Set<Path> folders) {
      Set<WatchKey> now = new HashSet<>();
      for (Path folder : folders) {
        WatchKey key = key(folder);
        if (key != null) {
          now.add(key);
          users.computeIfAbsent(key, k -> new CopyOnWriteArraySet<>()).add(this);
        }
      }
      List<WatchKey> old = keys.stream().filter(key -> !now.contains(key)).toList();
      old.forEach(this::release);
      return keys.addAll(now);
    }

    private @Nullable WatchKey key(Path folder) {
      if (service == null) {
        return null;
      }
      try {
        WatchKey key =
            folder.register(
                service,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_MODIFY,
                StandardWatchEventKinds.ENTRY_DELETE);
        problems.remove(folder);
        return key;
      } catch (NoSuchFileException | NotDirectoryException e) {
        say(folder, "it does not exist yet", "a folder of target files is looked for each second");
      } catch (IOException e) {
        failed.run();
        say(
            folder,
            String.valueOf(e.getMessage()),
            "cannot watch a folder, changes show only at the refresh interval");
      }
      return null;
    }

    private void say(Path folder, String problem, String consequence) {
      if (!problem.equals(problems.put(folder, problem))) {
        logger.atWarn().addKeyValue("folder", folder).addKeyValue("err", problem).log(consequence);
      }
    }

    private void release(WatchKey key) {
      keys.remove(key);
      Set<Watching> of = users.get(key);
      if (of != null && of.remove(this) && of.isEmpty()) {
        users.remove(key);
        key.cancel();
      }
    }

    /** Whether a path leads elsewhere than when it was last looked at. */
    private boolean moved() {
      boolean moved = false;
      for (Path path : seen.keySet()) {
        Identity now = Identity.of(path);
        Identity before = seen.replace(path, now);
        moved |= before != null && !before.equals(now);
      }
      return moved;
    }

    @Override
    public void close() {
      synchronized (lock) {
        closed = true;
        all.remove(this);
        List.copyOf(keys).forEach(this::release);
        seen.clear();
      }
    }
  }

  /** Holds the lock. */
  private void begin() {
    if (begun) {
      return;
    }
    try {
      WatchService made = scope.own(FileSystems.getDefault().newWatchService());
      service = made;
      begun = true;
      scope.thread("watch", () -> watch(made)).start();
    } catch (IOException e) {
      failed.run();
      logger
          .atWarn()
          .addKeyValue("err", e.getMessage())
          .log("cannot watch folders, changes show only at the refresh interval");
    }
  }

  private void watch(WatchService made) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        WatchKey key = made.poll(LOOK_NANOS, TimeUnit.NANOSECONDS);
        if (key != null) {
          tell(changed(key));
        }
        if (System.nanoTime() - lastLook >= LOOK_NANOS) {
          lastLook = System.nanoTime();
          tell(all.stream().filter(Watching::moved).toList());
        }
      }
    } catch (InterruptedException | ClosedWatchServiceException e) {
      // The bundle stops.
    }
  }

  private Collection<Watching> changed(WatchKey key) {
    key.pollEvents();
    List<Watching> of = new ArrayList<>(users.getOrDefault(key, Set.of()));
    if (!key.reset()) {
      users.remove(key);
    }
    return of;
  }

  private static void tell(Collection<Watching> watchings) {
    watchings.forEach(watching -> watching.changed.run());
  }
}
