package io.narthex.storage.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.Labels;
import io.narthex.api.storage.Exemplar;
import io.narthex.api.storage.ExemplarSeries;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.SeriesSet;
import io.narthex.storage.internal.log.ChronicleLogStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is killed in the midst of commits loses none that it had acknowledged and doubles
 * none.
 */
class CrashTest {
  private static final int ROUNDS = 6;

  @TempDir Path folder;

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void acknowledgedCommitsSurviveKill() throws Exception {
    Random random = new Random(20261124);
    long commits = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long acknowledged = runAndKill(commits, 200 + random.nextInt(3000), round);
      assertThat(acknowledged).as("round %d", round).isGreaterThan(commits);
      commits = checkAll(acknowledged);
    }
  }

  /** Gives the number of the first commit that was not acknowledged. */
  private long runAndKill(long first, int afterLines, int round) throws Exception {
    Process child = start(first);
    long last = first - 1;
    int lines = 0;
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      String line = out.readLine();
      assertThat(line).as("round %d", round).startsWith("ready ");
      while ((line = out.readLine()) != null) {
        // The last line may be cut, and then is a smaller number.
        last = Math.max(last, Long.parseLong(line));
        if (++lines == afterLines) {
          // Through the handle: the process itself would close the stream before all is read.
          child.toHandle().destroyForcibly();
        }
      }
    } finally {
      child.destroyForcibly();
    }
    assertThat(child.waitFor()).as("killed, not ended").isEqualTo(128 + 9);
    return last + 1;
  }

  private Process start(long first) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "--sun-misc-unsafe-memory-access=allow",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED"));
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            CrashChild.class.getName(),
            folder.toString(),
            "" + first));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /**
   * Checks every sample; gives how many commits are there, which is what the next round goes on
   * from.
   */
  private long checkAll(long acknowledged) {
    TestClock clock = new TestClock();
    Storages storages = Storages.start(new ChronicleLogStore(folder, 1, clock::wallMillis), clock);
    try (Querier querier = storages.storage().querier(0, Long.MAX_VALUE)) {
      assertThat(storages.problems())
          .allSatisfy(problem -> assertThat(problem).contains("a document was not finished"));
      long found = storages.replay().samples() / CrashChild.SERIES;
      assertThat(storages.replay().samples() % CrashChild.SERIES).as("half a commit").isZero();
      assertThat(found).isBetween(acknowledged, acknowledged + 1);
      long[] seen = new long[CrashChild.SERIES];
      SeriesSet set = querier.select(0, Long.MAX_VALUE, List.of());
      while (set.next()) {
        int i = Integer.parseInt(set.labels().get("i"));
        seen[i] += check(set.labels(), i, set.samples());
      }
      assertThat(seen).containsOnly(found);
      checkExemplars(storages, found);
      return found;
    } finally {
      storages.storage().stop(Duration.ofSeconds(5));
    }
  }

  /** The newest ones are there, and none of a commit that is not. */
  private static void checkExemplars(Storages storages, long commits) {
    List<Exemplar> expected = new ArrayList<>();
    for (long i = Math.max(0, commits - Storages.MAX_EXEMPLARS); i < commits; i++) {
      expected.add(CrashChild.exemplar(i));
    }
    assertThat(storages.storage().exemplars(0, Long.MAX_VALUE, List.of(List.of())))
        .containsExactly(new ExemplarSeries(CrashChild.labels(0, 1), expected));
  }

  private static long check(Labels labels, int i, SampleCursor cursor) {
    long[] times = new long[512];
    double[] values = new double[512];
    long before = Long.MIN_VALUE;
    long sum = 0;
    int n;
    while ((n = cursor.read(times, values, 0, times.length)) >= 0) {
      for (int k = 0; k < n; k++) {
        long commit = times[k] - CrashChild.time(0);
        if (times[k] <= before
            || values[k] != CrashChild.value(commit, i)
            || !CrashChild.labels(commit, i).equals(labels)) {
          throw new AssertionError("%s has a wrong sample at %d".formatted(labels, times[k]));
        }
        before = times[k];
      }
      sum += n;
    }
    return sum;
  }
}
