package io.narthex.config.internal;

import io.narthex.api.config.CompanionConfiguration;
import io.narthex.api.config.LoadAttempt;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The configurations of other bundles that are loaded with that of the server. */
final class Companions {
  private static final Logger logger = LoggerFactory.getLogger(Companions.class);

  private final long limitMillis;
  private final List<CompanionConfiguration> companions = new CopyOnWriteArrayList<>();

  /**
   * None yet.
   *
   * @param limitMillis how long each is waited for
   */
  Companions(long limitMillis) {
    this.limitMillis = limitMillis;
  }

  void add(CompanionConfiguration companion) {
    companions.add(companion);
  }

  void remove(CompanionConfiguration companion) {
    companions.remove(companion);
  }

  /**
   * Loads all of them after the server's own.
   *
   * @param name what that is called
   * @param own how it went
   * @return how all of it went: the problems of all, and what was loaded nevertheless
   */
  LoadAttempt reload(String name, LoadAttempt own) {
    List<String> problems = new ArrayList<>(own.problems());
    List<String> loaded = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    (own.isSuccessful() ? loaded : refused).add(name);
    for (CompanionConfiguration companion : companions) {
      List<String> found = problems(companion);
      // Who went while it was asked is as good as absent.
      if (companions.contains(companion)) {
        problems.addAll(found);
        companion.file().ifPresent((found.isEmpty() ? loaded : refused)::add);
      }
    }
    if (!refused.isEmpty() && !loaded.isEmpty()) {
      String outcome =
          "not loaded, so that what was in force stays: %s; loaded: %s"
              .formatted(String.join(", ", refused), String.join(", ", loaded));
      logger.error(outcome);
      problems.add(outcome);
    }
    return new LoadAttempt(own.time(), problems);
  }

  private List<String> problems(CompanionConfiguration companion) {
    String name = companion.file().orElse("a configuration");
    try {
      return companion.reload().get(limitMillis, TimeUnit.MILLISECONDS).problems();
    } catch (TimeoutException e) {
      String late = "%s is still being loaded after %d s".formatted(name, limitMillis / 1000);
      logger.error(late);
      return List.of(late);
    } catch (RuntimeException | ExecutionException e) {
      logger.error("a configuration could not be loaded because of a defect", e);
      return List.of("%s could not be loaded because of a defect: %s".formatted(name, e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of(
          "%s may not be loaded: the bundle that reads the server's configuration stops"
              .formatted(name));
    }
  }
}
