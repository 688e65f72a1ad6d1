package io.narthex.discovery.file.internal;

import io.narthex.api.section.Problem;
import io.narthex.discovery.file.internal.read.BadTargetFileException;
import io.narthex.discovery.file.internal.read.FileSight;
import io.narthex.discovery.file.internal.read.TargetFile;
import io.narthex.discovery.file.internal.read.TargetFileReader;
import io.narthex.spi.discovery.TargetGroup;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file and the groups that count for it. A change counts when it has been there for a while
 * ({@link Patience}), since the file may be half-written; a file that has an error keeps the groups
 * it had. Not safe for use by several threads.
 */
final class WatchedFile {
  private static final Logger logger = LoggerFactory.getLogger(WatchedFile.class);
  private static final int PROBLEMS_LOGGED = 5;

  /** What a change would mean. */
  private record Change(
      FileSight sight, TargetFile file, List<String> problems, long since, long restlessSince) {}

  private final String name;
  private @Nullable FileSight accepted;
  private @Nullable Object identity;
  private TargetFile file = new TargetFile(List.of(), false);
  private List<String> problems = List.of();
  private @Nullable Change change;

  WatchedFile(String name) {
    this.name = name;
  }

  /** The groups that count. */
  List<TargetGroup> groups() {
    return file.groups();
  }

  /** What is wrong with the file now. */
  Optional<String> problem() {
    return switch (problems.size()) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(problems.getFirst());
      default ->
          Optional.of("%s (and %d more)".formatted(problems.getFirst(), problems.size() - 1));
    };
  }

  /** Whether the file is gone and nothing counts for it any more. */
  boolean isGone() {
    return accepted instanceof FileSight.Absent;
  }

  /**
   * Takes what was seen.
   *
   * @param now nanoseconds of a clock that never steps back
   * @return how long to wait before the next look, if there is something to wait for
   */
  Optional<Duration> look(FileSight sight, long now) {
    if (sight.equals(accepted)) {
      change = null;
      return Optional.empty();
    }
    Change seen = change;
    if (seen == null || !seen.sight().equals(sight)) {
      seen = change(sight, now, seen == null ? now : seen.restlessSince());
      change = seen;
    }
    Duration left = patience(seen).left(now - seen.since(), now - seen.restlessSince());
    if (left.isZero()) {
      accept(seen);
      return Optional.empty();
    }
    return Optional.of(left);
  }

  private Change change(FileSight sight, long now, long restlessSince) {
    TargetFile said = new TargetFile(List.of(), false);
    List<String> wrong = List.of();
    switch (sight) {
      case FileSight.Absent() -> {}
      case FileSight.Unreadable(String reason) ->
          wrong = List.of("%s: cannot be read: %s".formatted(name, reason));
      case FileSight.Readable readable -> {
        try {
          said = TargetFileReader.read(name, readable.content());
        } catch (BadTargetFileException e) {
          wrong = e.problems().stream().map((Problem p) -> p.describe(name)).toList();
        }
      }
    }
    Change made = new Change(withoutContent(sight), said, wrong, now, restlessSince);
    if (patience(made) == Patience.BLANK) {
      logger
          .atWarn()
          .addKeyValue("file", name)
          .log(
              "the file is empty; its targets stay for {} s in case it is being written (\"[]\""
                  + " means no targets)",
              Patience.BLANK.quiet().toSeconds());
    }
    return made;
  }

  private static FileSight withoutContent(FileSight sight) {
    return sight instanceof FileSight.Readable r
        ? new FileSight.Readable(r.digest(), new byte[0], r.identity(), r.modifiedMillis())
        : sight;
  }

  private Patience patience(Change made) {
    if (!made.problems().isEmpty()) {
      return Patience.USUAL;
    }
    if (accepted == null && made.sight() instanceof FileSight.Readable) {
      return Patience.NONE;
    }
    if (made.file().blank() && file.targets() > 0) {
      return Patience.BLANK;
    }
    boolean inPlace =
        made.sight() instanceof FileSight.Readable r
            && identity != null
            && identity.equals(r.identity());
    return inPlace && made.file().targets() < file.targets() ? Patience.SHRINKING : Patience.USUAL;
  }

  private void accept(Change made) {
    boolean hadProblems = !problems.isEmpty();
    accepted = made.sight();
    problems = made.problems();
    change = null;
    if (problems.isEmpty()) {
      file = made.file();
      identity = made.sight() instanceof FileSight.Readable r ? r.identity() : null;
      if (hadProblems) {
        logger.atInfo().addKeyValue("file", name).log("the file is right again");
      }
      return;
    }
    int stay = file.targets();
    for (String problem : problems.subList(0, Math.min(PROBLEMS_LOGGED, problems.size()))) {
      logger.atWarn().addKeyValue("targets_kept", stay).log(problem);
    }
    if (problems.size() > PROBLEMS_LOGGED) {
      logger
          .atWarn()
          .addKeyValue("file", name)
          .log("and {} more problems", problems.size() - PROBLEMS_LOGGED);
    }
  }
}
