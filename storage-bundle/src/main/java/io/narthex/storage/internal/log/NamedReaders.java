package io.narthex.storage.internal.log;

import io.narthex.api.error.NarthexException;
import io.narthex.spi.log.DurableLog;
import io.narthex.spi.log.LogErrors;
import io.narthex.spi.log.Position;
import io.narthex.spi.log.ReaderState;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The named readers of a log: a file {@code <log>/readers/<name>} for each. Those that nobody has
 * open count too, since they may come again. Guarded by its monitor.
 */
final class NamedReaders {
  private static final Logger logger = LoggerFactory.getLogger(NamedReaders.class);
  private static final String NAME = "[a-z0-9-]{1,64}";

  private final Path folder;
  private final String log;
  private final int partitions;
  private final ReaderEvents events;
  private final Map<String, ReaderPlace> places = new TreeMap<>();

  /** The readers of the log in a folder, as the last start left them. */
  NamedReaders(Path logFolder, int partitions, ReaderEvents events) throws IOException {
    this.folder = logFolder.resolve("readers");
    this.log = String.valueOf(logFolder.getFileName());
    this.partitions = partitions;
    this.events = events;
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
        for (Path child : children) {
          String name = child.getFileName().toString();
          if (name.matches(NAME)) {
            places.put(name, load(name, child));
          }
        }
      }
    }
  }

  private ReaderPlace load(String name, Path path) {
    try {
      ReaderFile file = ReaderFile.read(path);
      if (file.committed().size() > partitions) {
        throw new IOException(
            "it has %d partitions, the log has %d".formatted(file.committed().size(), partitions));
      }
      Stream<Position> more =
          IntStream.range(file.committed().size(), partitions).mapToObj(Position::start);
      List<Position> rest = more.toList();
      return new ReaderPlace(
          name,
          file.budgetBytes(),
          Stream.concat(file.committed().stream(), rest.stream()).toList(),
          Stream.concat(file.lost().stream(), rest.stream()).toList(),
          "");
    } catch (IOException e) {
      String problem =
          "the position of the reader \"%s\" in %s cannot be read: %s; it begins at the oldest document"
              .formatted(name, path, e.getMessage());
      logger.atWarn().addKeyValue("log", log).addKeyValue("reader", name).log(problem);
      List<Position> starts = starts();
      return new ReaderPlace(name, Long.MAX_VALUE, starts, starts, problem);
    }
  }

  private List<Position> starts() {
    return IntStream.range(0, partitions).mapToObj(Position::start).toList();
  }

  /** All of them, in order of names; only under the monitor. */
  Collection<ReaderPlace> all() {
    return places.values();
  }

  synchronized List<ReaderState> states() {
    return places.values().stream().map(ReaderPlace::state).toList();
  }

  synchronized ReaderState state(ReaderPlace place) {
    return place.state();
  }

  /** Opens a reader, or makes it at a position of each partition. */
  synchronized ReaderPlace open(String name, long budgetBytes, IntFunction<Position> start) {
    if (!name.matches(NAME)) {
      throw new NarthexException(
          LogErrors.OPEN,
          "a reader is named by 1 to 64 lower-case letters, digits and -, got \"%s\""
              .formatted(name));
    }
    if (budgetBytes < 0) {
      throw new IllegalArgumentException("a budget is not negative, got %d".formatted(budgetBytes));
    }
    ReaderPlace known = places.get(name);
    if (known != null && known.isOpen()) {
      throw new NarthexException(
          LogErrors.OPEN,
          "the reader \"%s\" of the log \"%s\" is open already".formatted(name, log));
    }
    if (known == null && places.size() >= DurableLog.MAX_READERS) {
      throw new NarthexException(
          LogErrors.OPEN,
          "the log \"%s\" has %d readers and takes no more: remove one that is not needed"
              .formatted(log, DurableLog.MAX_READERS));
    }
    ReaderPlace opened =
        known == null
            ? new ReaderPlace(
                name,
                budgetBytes,
                IntStream.range(0, partitions).mapToObj(start).toList(),
                starts(),
                "")
            : known;
    try {
      Files.createDirectories(folder);
      opened.withBudget(budgetBytes).write(path(name));
    } catch (IOException e) {
      throw new NarthexException(
          LogErrors.OPEN,
          "the reader \"%s\" cannot be kept in %s: %s".formatted(name, folder, e.getMessage()),
          e);
    }
    opened.open(budgetBytes);
    places.put(name, opened);
    return opened;
  }

  private Path path(String name) {
    return folder.resolve(name);
  }

  /** Keeps positions; nothing changes if the disk does not take them. */
  synchronized void commit(ReaderPlace place, List<Position> positions) {
    ReaderFile moved = place.moved(positions);
    try {
      moved.write(path(place.name()));
    } catch (IOException e) {
      throw new NarthexException(
          LogErrors.WRITE,
          "the position of the reader \"%s\" cannot be kept in %s: %s"
              .formatted(place.name(), folder, e.getMessage()),
          e);
    }
    place.become(moved);
  }

  /**
   * A reader that has used up its budget loses what lies up to a position. That is kept first, so
   * that it is told of it whatever happens next.
   */
  synchronized void cutLoose(ReaderPlace place, Position upTo) throws IOException {
    ReaderFile cut = place.cut(upTo);
    cut.write(path(place.name()));
    place.become(cut);
    place.countCut();
    events.cutLoose(log, place.name());
    logger
        .atWarn()
        .addKeyValue("log", log)
        .addKeyValue("reader", place.name())
        .addKeyValue("up_to", upTo)
        .log(place.state().message());
  }

  synchronized void held(ReaderPlace place, int partition, long bytes) {
    place.hold(partition, bytes);
    events.held(log, place.name(), place.heldBytes());
  }

  synchronized void close(ReaderPlace place) {
    place.close();
  }

  /** Forgets a reader; says whether there was one. */
  synchronized boolean remove(String name) {
    ReaderPlace place = places.get(name);
    if (place == null) {
      return false;
    }
    if (place.isOpen()) {
      throw new NarthexException(
          LogErrors.OPEN,
          "the reader \"%s\" of the log \"%s\" is open: close it before it is removed"
              .formatted(name, log));
    }
    try {
      Files.deleteIfExists(path(name));
      ReaderFile.syncFolder(path(name));
    } catch (IOException e) {
      throw new NarthexException(
          LogErrors.WRITE,
          "the reader \"%s\" cannot be removed from %s: %s".formatted(name, folder, e.getMessage()),
          e);
    }
    places.remove(name);
    events.removed(log, name);
    return true;
  }
}
