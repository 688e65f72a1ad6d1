package io.narthex.discovery.file.internal;

import io.narthex.api.time.Clock;
import io.narthex.discovery.file.internal.glob.BadPatternException;
import io.narthex.discovery.file.internal.glob.FilePattern;
import io.narthex.discovery.file.internal.glob.FilePattern.Expansion;
import io.narthex.discovery.file.internal.read.FileSight;
import io.narthex.discovery.file.internal.watch.FolderWatch;
import io.narthex.spi.discovery.TargetGroup;
import io.narthex.spi.discovery.support.PeriodicDiscovery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the targets in all files of some patterns. All files are read again at each refresh; the
 * watch only brings the refresh forward.
 */
final class FileDiscovery extends PeriodicDiscovery {
  private static final Logger logger = LoggerFactory.getLogger(FileDiscovery.class);

  /** Changes mostly come in several steps, which one look sees together. */
  private static final Duration AFTER_CHANGE = Duration.ofMillis(50);

  private final List<FilePattern> patterns;
  private final Clock clock;
  private final FileMetrics metrics;
  private final FolderWatch.Watching watching;
  private final Map<String, WatchedFile> files = new LinkedHashMap<>();
  private final Object metricsReader = new Object();
  private Set<String> searchProblems = Set.of();
  private volatile boolean closed;

  FileDiscovery(
      List<FilePattern> patterns,
      Duration interval,
      ScheduledExecutorService scheduler,
      FolderWatch watch,
      FileMetrics metrics,
      Clock clock) {
    super(scheduler, interval);
    this.patterns = patterns;
    this.clock = clock;
    this.metrics = metrics;
    this.watching = watch.watching(() -> refreshWithin(AFTER_CHANGE));
  }

  @Override
  protected List<TargetGroup> refresh() {
    long begin = clock.monotonicNanos();
    Search search = search();
    search.matches().forEach(this::look);
    removeOthers(search);
    if (watching.cover(search.folders(), links(search.matches().values()))) {
      refreshWithin(AFTER_CHANGE);
    }
    List<TargetGroup> groups = new ArrayList<>();
    for (WatchedFile file : files.values()) {
      groups.addAll(file.groups());
      file.problem().ifPresent(this::failed);
    }
    metrics.scanned(clock.monotonicNanos() - begin);
    return groups;
  }

  /**
   * What the patterns lead to.
   *
   * @param malformed what is wrong with patterns
   * @param closed folders that cannot be searched, and why
   */
  private record Search(
      Map<String, Path> matches, Set<Path> folders, Set<String> malformed, Set<String> closed) {
    Search() {
      this(new LinkedHashMap<>(), new HashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
    }
  }

  private Search search() {
    Search search = new Search();
    for (FilePattern pattern : patterns) {
      try {
        Expansion found = pattern.expand();
        found.matches().forEach(match -> search.matches().put(match.name(), match.path()));
        search.folders().addAll(found.folders());
        search.closed().addAll(found.problems());
      } catch (BadPatternException e) {
        search.malformed().add(String.valueOf(e.getMessage()));
      }
    }
    search.malformed().forEach(this::partFailed);
    search.closed().forEach(this::failed);
    Set<String> problems = new LinkedHashSet<>(search.malformed());
    problems.addAll(search.closed());
    problems.stream().filter(p -> !searchProblems.contains(p)).forEach(logger::warn);
    searchProblems = problems;
    return search;
  }

  private void failed(String problem) {
    metrics.readFailed();
    partFailed(problem);
  }

  private void look(String name, Path path) {
    FileSight sight = FileSight.of(path);
    WatchedFile file = files.computeIfAbsent(name, WatchedFile::new);
    file.look(sight, clock.monotonicNanos()).ifPresent(this::refreshWithin);
    if (sight instanceof FileSight.Readable readable && file.problem().isEmpty() && !closed) {
      metrics.read(metricsReader, name, readable.modifiedMillis());
    }
  }

  /** A folder that cannot be searched does not make its files go. */
  private void removeOthers(Search search) {
    if (!search.closed().isEmpty()) {
      return;
    }
    Iterator<Map.Entry<String, WatchedFile>> all = files.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<String, WatchedFile> entry = all.next();
      if (!search.matches().containsKey(entry.getKey())) {
        entry
            .getValue()
            .look(new FileSight.Absent(), clock.monotonicNanos())
            .ifPresent(this::refreshWithin);
      }
      if (entry.getValue().isGone()) {
        metrics.forget(metricsReader, entry.getKey());
        all.remove();
      }
    }
  }

  /** A link's folder hears nothing of what happens to the file behind it. */
  private static Set<Path> links(Iterable<Path> paths) {
    Set<Path> links = new HashSet<>();
    for (Path path : paths) {
      if (Files.isSymbolicLink(path)) {
        links.add(path);
      }
    }
    return links;
  }

  @Override
  protected void closed() {
    closed = true;
    watching.close();
    metrics.forget(metricsReader);
  }
}
