package io.narthex.storage.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.StaleMarker;
import io.narthex.storage.internal.append.QuickWay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Commits of the same series again and again go a quick way. Whatever is not as usual gives what a
 * plain model says, live and after a restart, and the commits after it are quick again.
 */
class UsualCommitsTest {
  private static final int SERIES = 12;
  private static final int MIDDLE = SERIES / 2;
  private static final int STEP = 15_000;
  private static final long HOUR = 3_600_000;

  private final ModelledStorage storage = new ModelledStorage(HOUR);
  private final TestClock clock = storage.clock;
  private final List<String> names = new ArrayList<>();
  private Random random = new Random(7);
  private ModelledAppender main = storage.appender();
  private ModelledAppender other = storage.appender();
  private long lastTime;
  private int newSeries;

  UsualCommitsTest() {
    for (int i = 0; i < SERIES; i++) {
      names.add("s" + i);
    }
  }

  /** What may be not as usual in a commit, or before it. */
  enum Unusual {
    NOTHING,
    SAME_VALUE_TWICE,
    OTHER_VALUE_TWICE,
    FIRST_SAMPLE_TWICE,
    LAST_SAMPLE_TWICE,
    ALL_TWICE,
    ALL_OLDER,
    ALL_AGAIN,
    ALL_OF_SEVERAL_TIMES,
    ONE_OLDER,
    ONE_EARLIER,
    ONE_LATER,
    FIRST_OLDER,
    ONE_OUT_OF_BOUNDS,
    FIRST_OUT_OF_BOUNDS,
    ALL_OUT_OF_BOUNDS,
    NEW_SERIES,
    NEW_SERIES_FIRST,
    NEW_SERIES_LAST,
    ONE_MISSING,
    MOST_MISSING,
    ONE_MISSING_AND_BACK_ONCE,
    STALE_MARKER,
    ALL_STALE,
    ALL_STALE_MEANWHILE,
    EXEMPLARS,
    EXEMPLARS_ALONE,
    ROLLBACK,
    ROLLBACK_OF_ALL,
    OTHER_HAS_ONE,
    OTHER_HAS_ONE_LATER,
    OTHER_HAS_ALL,
    OTHER_HAS_ALL_LATER,
    OTHER_HAS_ONE_MEANWHILE,
    OTHER_HAS_ALL_MEANWHILE,
    OTHER_HAS_NEW_SERIES_MEANWHILE,
    SOME_REMOVED,
    SOME_REMOVED_MEANWHILE,
    ALL_REMOVED,
    NEW_SEGMENT,
    NEW_SEGMENT_MEANWHILE,
    NEW_SEGMENT_OF_SOME
  }

  private static final Set<Unusual> WITHOUT_ONE =
      EnumSet.of(Unusual.ONE_MISSING, Unusual.ONE_MISSING_AND_BACK_ONCE, Unusual.STALE_MARKER);

  private void add(ModelledAppender to, int from, int end, long time) {
    for (String name : List.copyOf(names.subList(from, end))) {
      to.add(name, time, random);
    }
  }

  private void addAll(ModelledAppender to, long time) {
    add(to, 0, names.size(), time);
  }

  private void usual(int times) {
    for (int i = 0; i < times; i++) {
      clock.advance(STEP);
      commit(Unusual.NOTHING);
    }
  }

  private void commit(Unusual unusual) {
    long before = lastTime;
    prepare(unusual);
    long time = clock.wallMillis();
    lastTime = time;
    switch (unusual) {
      case ALL_OUT_OF_BOUNDS -> addAll(main, time - HOUR - 1);
      case ALL_STALE -> names.forEach(name -> main.add(name, time, StaleMarker.VALUE));
      case ALL_OLDER -> addAll(main, time - 2 * STEP);
      case ALL_AGAIN -> addAll(main, before);
      case MOST_MISSING -> main.add(names.get(MIDDLE), time, random);
      case EXEMPLARS_ALONE -> main.exemplar(names.get(1));
      default -> {
        first(unusual, time);
        add(main, 0, MIDDLE, time);
        middle(unusual, time);
        add(main, WITHOUT_ONE.contains(unusual) ? MIDDLE + 1 : MIDDLE, names.size(), time);
        last(unusual, time);
      }
    }
    main.commit();
  }

  /** What happens before the commit begins. */
  private void prepare(Unusual unusual) {
    switch (unusual) {
      case OTHER_HAS_ONE -> commitOther(MIDDLE, MIDDLE + 1, 0);
      case OTHER_HAS_ONE_LATER -> commitOther(MIDDLE, MIDDLE + 1, 1);
      case OTHER_HAS_ALL -> commitOther(0, names.size(), 0);
      case OTHER_HAS_ALL_LATER -> commitOther(0, names.size(), 1);
      case SOME_REMOVED -> {
        outliveOthers();
        storage.retain();
      }
      case SOME_REMOVED_MEANWHILE -> outliveOthers();
      case ALL_REMOVED -> {
        clock.advance(13 * HOUR);
        storage.retain();
      }
      case NEW_SEGMENT, ALL_OUT_OF_BOUNDS -> clock.advance(2 * HOUR);
      case NEW_SEGMENT_OF_SOME -> {
        clock.advance(2 * HOUR);
        add(main, 0, MIDDLE, clock.wallMillis());
        main.commit();
        clock.advance(STEP);
      }
      default -> {}
    }
  }

  private void commitOther(int from, int end, long later) {
    add(other, from, end, clock.wallMillis() + later);
    other.commit();
  }

  /** Every second one goes on until the retention reaches the others. */
  private void outliveOthers() {
    for (int i = 0; i < 5; i++) {
      clock.advance(HOUR / 10 * 3);
      for (int k = 0; k < names.size(); k += 2) {
        main.add(names.get(k), clock.wallMillis(), random);
      }
      main.commit();
    }
    clock.advance(STEP);
  }

  private void first(Unusual unusual, long time) {
    switch (unusual) {
      case FIRST_OUT_OF_BOUNDS -> main.add(names.getFirst(), time + 600_001, random);
      case FIRST_OLDER -> main.add(names.getFirst(), time - 2 * STEP, random);
      case FIRST_SAMPLE_TWICE -> main.add(names.getFirst(), time, random);
      case NEW_SERIES_FIRST -> main.add("new" + newSeries++, time, random);
      case ROLLBACK_OF_ALL -> {
        addAll(main, time);
        main.rollback();
      }
      case ALL_OF_SEVERAL_TIMES -> {
        addAll(main, time - 2);
        addAll(main, time - 1);
      }
      default -> {}
    }
  }

  private void middle(Unusual unusual, long time) {
    String one = names.get(1);
    String middle = names.get(MIDDLE);
    switch (unusual) {
      case SAME_VALUE_TWICE -> main.again(one);
      case OTHER_VALUE_TWICE -> main.add(one, time, random);
      case ONE_OLDER -> main.add(middle, time - 2 * STEP, random);
      case ONE_EARLIER -> main.add(middle, time - 1, random);
      case ONE_LATER -> main.add(middle, time + 1, random);
      case ONE_OUT_OF_BOUNDS -> {
        main.add(middle, time + 600_001, random);
        main.add(one, time - HOUR - 1, random);
      }
      case NEW_SERIES -> main.add("new" + newSeries++, time, random);
      case STALE_MARKER -> main.add(middle, time, StaleMarker.VALUE);
      case ALL_STALE_MEANWHILE ->
          names.forEach(name -> main.add(name, time + 1, StaleMarker.VALUE));
      case EXEMPLARS -> {
        main.exemplar(one);
        main.exemplar(middle);
        main.exemplar(one);
      }
      case ROLLBACK -> {
        main.exemplar(one);
        main.rollback();
        add(main, 1, MIDDLE, time);
      }
      case OTHER_HAS_ONE_MEANWHILE -> commitOther(MIDDLE, MIDDLE + 1, 0);
      case OTHER_HAS_ALL_MEANWHILE -> commitOther(0, names.size(), 1);
      case OTHER_HAS_NEW_SERIES_MEANWHILE -> {
        add(other, 0, names.size(), time - 1);
        other.add("new" + newSeries++, time - 1, random);
        other.commit();
      }
      case NEW_SEGMENT_MEANWHILE -> clock.advance(2 * HOUR);
      default -> {}
    }
  }

  private void last(Unusual unusual, long time) {
    switch (unusual) {
      case LAST_SAMPLE_TWICE -> main.add(names.getLast(), time, random);
      case ALL_TWICE -> addAll(main, time);
      case NEW_SERIES_LAST -> main.add("new" + newSeries++, time, random);
      case SOME_REMOVED_MEANWHILE -> storage.retain();
      case ONE_MISSING_AND_BACK_ONCE -> {
        main.commit();
        clock.advance(STEP);
        addAll(main, clock.wallMillis());
      }
      default -> {}
    }
  }

  private void restart() {
    storage.restart();
    main = storage.appender();
    other = storage.appender();
  }

  @Test
  void usualCommitsAreQuickFromTheSecondOn() {
    commit(Unusual.NOTHING);
    assertThat(QuickWay.wasTaken(main.appender, lastTime)).isFalse();
    for (int i = 0; i < 400; i++) {
      clock.advance(i < 100 ? STEP : STEP / 15);
      addAll(main, clock.wallMillis());
      assertThat(QuickWay.isTaken(main.appender)).isTrue();
      main.commit();
      assertThat(QuickWay.wasTaken(main.appender, clock.wallMillis())).isTrue();
    }
    assertThat(storage.stats().chunks()).as("few base rows").isBetween(4L * SERIES, 9L * SERIES);
    storage.assertAsModelled();
    restart();
    storage.assertAsModelled();
  }

  @Test
  void seriesOfSeveralPanelsAreQuickTogether() {
    for (int i = SERIES; i < 1200; i++) {
      names.add("s" + i);
    }
    for (int i = 0; i < 130; i++) {
      usual(1);
      assertThat(QuickWay.wasTaken(main.appender, lastTime)).isEqualTo(i > 0);
    }
    for (Unusual unusual : List.of(Unusual.LAST_SAMPLE_TWICE, Unusual.SOME_REMOVED)) {
      clock.advance(STEP);
      commit(unusual);
      assertThat(QuickWay.wasTaken(main.appender, lastTime)).isFalse();
      usual(3);
      assertThat(QuickWay.wasTaken(main.appender, lastTime)).isTrue();
    }
    storage.assertAsModelled();
    restart();
    storage.assertAsModelled();
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "NOTHING",
        "ONE_MISSING",
        "STALE_MARKER",
        "ALL_STALE",
        "EXEMPLARS",
        "ROLLBACK",
        "ROLLBACK_OF_ALL"
      })
  void someThingsDoNotStopTheQuickWay(Unusual unusual) {
    usual(4);
    clock.advance(STEP);
    commit(unusual);
    assertThat(QuickWay.wasTaken(main.appender, lastTime)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "LAST_SAMPLE_TWICE",
        "NEW_SERIES_LAST",
        "MOST_MISSING",
        "OTHER_HAS_ONE_MEANWHILE",
        "SOME_REMOVED_MEANWHILE",
        "NEW_SEGMENT"
      })
  void othersAreNoticedWithTheCommit(Unusual unusual) {
    usual(4);
    clock.advance(STEP);
    commit(unusual);
    assertThat(QuickWay.wasTaken(main.appender, lastTime)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void anyUnusualThingGivesWhatTheModelSays(Unusual unusual) {
    usual(4);
    storage.assertAsModelled();

    clock.advance(STEP);
    commit(unusual);
    storage.assertAsModelled();

    usual(3);
    storage.assertAsModelled();
    assertThat(QuickWay.wasTaken(main.appender, lastTime)).isTrue();

    restart();
    storage.assertAsModelled();
    usual(2);
    assertThat(QuickWay.wasTaken(main.appender, lastTime)).isTrue();
    clock.advance(STEP);
    commit(unusual);
    restart();
    storage.assertAsModelled();
  }

  @Test
  void seriesThatWereRemovedAreNewAgain() {
    usual(3);
    outliveOthers();
    add(main, 0, names.size(), clock.wallMillis());
    assertThat(QuickWay.isTaken(main.appender)).isTrue();
    assertThat(storage.retain()).isEqualTo(SERIES - MIDDLE);

    assertThat(main.commit().newSeries()).isEqualTo(SERIES - MIDDLE);
    assertThat(QuickWay.wasTaken(main.appender, clock.wallMillis())).isFalse();
    storage.assertAsModelled();
    restart();
    storage.assertAsModelled();
  }

  static IntStream seeds() {
    return IntStream.range(0, 100);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anyMixGivesWhatTheModelSays(int seed) {
    random = new Random(seed);
    Unusual[] all = Unusual.values();
    int quick = 0;
    for (int life = 0; life < 4; life++) {
      for (int i = 0; i < 30; i++) {
        clock.advance(random.nextInt(6) == 0 ? random.nextInt(2 * STEP) : STEP);
        boolean asUsual = random.nextInt(3) > 0;
        commit(asUsual ? Unusual.NOTHING : all[random.nextInt(all.length)]);
        quick += QuickWay.wasTaken(main.appender, lastTime) ? 1 : 0;
        if (random.nextInt(10) == 0) {
          names.set(random.nextInt(names.size()), "s" + (names.size() + newSeries++));
        }
        if (random.nextInt(10) == 0) {
          storage.assertAsModelled();
        }
      }
      storage.assertAsModelled();
      restart();
      storage.assertAsModelled();
    }
    assertThat(quick).isBetween(20, 100);
    storage.stop(Duration.ofSeconds(5));
  }
}
