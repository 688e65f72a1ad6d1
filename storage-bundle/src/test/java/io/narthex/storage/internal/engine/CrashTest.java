package io.narthex.storage.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.storage.internal.failpoint.FailPoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is killed in the midst of commits, starts and stops, at fail-points and at random
 * times, loses nothing that it had acknowledged or shown, and doubles nothing. {@code
 * -Dnarthex.crash.rounds=500 -Dnarthex.crash.seed=7} has it tried more often and otherwise.
 */
class CrashTest {
  private static final int AT_RANDOM_TIMES = 3;
  private static final int KILLED = 128 + 9;

  private final long seed = Long.getLong("narthex.crash.seed", 20261124);
  private final Random random = new Random(seed);
  private final CrashOracle oracle = new CrashOracle();
  private final Set<FailPoint> hit = EnumSet.noneOf(FailPoint.class);

  @TempDir Path folder;

  @Test
  void nothingAcknowledgedOrSeenIsLostOrDoubled() throws Exception {
    int points = FailPoint.values().length;
    int rounds = Integer.getInteger("narthex.crash.rounds", points + AT_RANDOM_TIMES);
    for (int round = 0; round < rounds; round++) {
      FailPoint point = points(round);
      try {
        runAndKill(point);
        if (round == rounds - 1 || random.nextInt(3) == 0) {
          checkAll();
        }
      } catch (AssertionError e) {
        throw new AssertionError(
            "round %d, seed %d, %s: %s; so far %s"
                .formatted(round, seed, point, e.getMessage(), oracle.summary()),
            e);
      }
    }
    System.out.println("crash test, %d rounds: %s".formatted(rounds, oracle.summary()));
    assertThat(hit).as("fail-points hit").containsExactlyInAnyOrder(FailPoint.values());
  }

  /** All of them in random order, again and again; in between none, which is a random time. */
  private @Nullable FailPoint points(int round) {
    int inTurn = round % (FailPoint.values().length + AT_RANDOM_TIMES);
    if (inTurn == 0) {
      order = new ArrayList<>(List.of(FailPoint.values()));
      for (int i = 0; i < AT_RANDOM_TIMES; i++) {
        order.add(null);
      }
      Collections.shuffle(order, random);
    }
    return order.get(inTurn);
  }

  private List<@Nullable FailPoint> order = List.of();

  private void runAndKill(@Nullable FailPoint point) throws Exception {
    // What is reached seldom is given the time to be reached.
    long mostCommits = point == null ? random.nextInt(2000) : Long.MAX_VALUE;
    long before = oracle.acknowledged();
    Process child = start(point);
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      String line;
      boolean killed = false;
      while ((line = out.readLine()) != null) {
        oracle.told(line);
        if (!killed && oracle.acknowledged() - before >= mostCommits) {
          killed = true;
          // Through the handle: the process itself would close the stream before all is read.
          child.toHandle().destroyForcibly();
        }
      }
      int ended = child.waitFor();
      assertThat(ended).as("how it ended").isEqualTo(point == null ? KILLED : FailPoint.HALTED);
      if (point != null) {
        hit.add(point);
      }
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  /** Early in a process or later, as it is reached often or seldom. */
  private long occurrence(FailPoint point) {
    int most =
        switch (point) {
          case MID_DOCUMENT_APPEND, AFTER_LOG_BEFORE_APPLY, AFTER_APPLY_BEFORE_ACK -> 1500;
          case MID_REPLAY, MID_RESUME, MID_SYNC -> 300;
          case MID_SEAL, MID_SEALED_FILE_WRITE -> 60;
          case MID_ALLOCATE -> 40;
          case MID_SEALED_FILE_ROLL -> 3;
          default -> 2;
        };
    return 1L + random.nextInt(most);
  }

  private Process start(@Nullable FailPoint point) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx192m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dnarthex.storage.checked-memory=true",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED"));
    if (point != null) {
      command.add("-D%s=%s=halt@%d".formatted(FailPoint.PROPERTY, point.text(), occurrence(point)));
    }
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            CrashChild.class.getName(),
            folder.toString(),
            "" + random.nextLong()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private void checkAll() {
    TestClock clock = new TestClock();
    Storages storages = CrashChild.open(folder, clock);
    try {
      assertThat(storages.problems())
          .allSatisfy(
              problem ->
                  assertThat(problem)
                      .containsAnyOf(
                          "a document was not finished",
                          "is broken from byte",
                          "is no file of sealed rows"));
      oracle.check(storages);
    } finally {
      storages.storage().stop(Duration.ofSeconds(5));
    }
  }
}
