package io.narthex.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.Labels;
import io.narthex.api.model.MatchType;
import io.narthex.api.model.Matcher;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SeriesSet;
import io.narthex.api.storage.StorageErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading: isolation, matchers, ranges of time. */
abstract class StorageQueryContract extends StorageAppendContract {
  @Test
  void laterCommitsStayHiddenFromAQuerier() {
    long t = now();
    try (Appender appender = storage().appender(SOURCE)) {
      commit(appender, UP, t, 1);
      Labels later = Labels.of(Labels.METRIC_NAME, "later");
      try (Querier before = storage().querier(0, Long.MAX_VALUE)) {
        for (int i = 1; i <= 300; i++) {
          commit(appender, UP, t + i, i);
          if (i % 50 == 0) {
            try (Querier between = storage().querier(0, Long.MAX_VALUE)) {
              commit(appender, later, t + i, i);
              assertThat(read(between).getLast().samples()).as("after %d", i).hasSize(i + 1);
            }
          }
        }
        assertThat(read(before)).containsExactly(new Found(UP, List.of(Sample.of(t, 1))));
        assertThat(before.labelValues(Labels.METRIC_NAME, List.of())).containsExactly("up");
      }
      assertThat(all())
          .hasSize(2)
          .last()
          .satisfies(found -> assertThat(found.samples()).hasSize(301));
    }
  }

  @Test
  void querierNeverSeesHalfACommit() throws InterruptedException {
    int series = 50;
    AtomicBoolean done = new AtomicBoolean();
    Thread writer =
        Thread.ofPlatform()
            .start(
                () -> {
                  try (Appender appender = storage().appender(SOURCE)) {
                    long t = now() - 100_000;
                    for (int round = 0; round < 300; round++) {
                      for (int i = 0; i < series; i++) {
                        appender.append(appender.slot(Labels.of("i", "" + i)), t + round, round);
                      }
                      appender.commit();
                    }
                  } finally {
                    done.set(true);
                  }
                });
    int checks = 0;
    while (!done.get() || checks == 0) {
      List<Found> found = all();
      if (!found.isEmpty()) {
        assertThat(found).hasSize(series);
        assertThat(found.stream().map(Found::samples).distinct()).hasSize(1);
        checks++;
      }
    }
    writer.join();
    assertThat(all().getFirst().samples()).hasSize(300);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a;EQUAL;1;1",
        "a;EQUAL;'';'2,none'",
        "a;NOT_EQUAL;1;'2,3,10,none'",
        "a;NOT_EQUAL;'';'1,3,10'",
        "a;REGEX;1|3;'1,3'",
        "a;REGEX;1.*;'1,10'",
        "a;REGEX;1.+;10",
        "a;REGEX;.*;'1,2,3,10,none'",
        "a;REGEX;.+;'1,3,10'",
        "a;REGEX;1;1",
        "a;REGEX;[13];'1,3'",
        "a;REGEX;'1|';'1,2,none'",
        "a;REGEX;'(1|2)?';'1,2,none'",
        "a;REGEX;0;''",
        "a;NOT_REGEX;1|3;'2,10,none'",
        "a;NOT_REGEX;1.*;'2,3,none'",
        "a;NOT_REGEX;.+;'2,none'",
        "a;NOT_REGEX;.*;''",
        "a;NOT_REGEX;'1|';'3,10'",
        "b;EQUAL;'';'1,3,10,none'",
        "b;REGEX;x.y;2",
        "b;REGEX;'x\\ny';2",
        "c;EQUAL;'';'1,2,3,10,none'"
      })
  void matcherSelects(String name, MatchType type, String value, String expected) {
    try (Appender appender = storage().appender(SOURCE)) {
      long t = now();
      appender.append(appender.slot(Labels.of("id", "1", "a", "1")), t, 1);
      appender.append(appender.slot(Labels.of("id", "2", "b", "x\ny")), t, 1);
      appender.append(appender.slot(Labels.of("id", "3", "a", "3")), t, 1);
      appender.append(appender.slot(Labels.of("id", "10", "a", "10")), t, 1);
      appender.append(appender.slot(Labels.of("id", "none")), t, 1);
      appender.commit();
    }
    try (Querier querier = storage().querier(0, Long.MAX_VALUE)) {
      SeriesSet set = querier.select(0, Long.MAX_VALUE, List.of(new Matcher(type, name, value)));
      List<String> ids = new ArrayList<>();
      while (set.next()) {
        ids.add(set.labels().get("id"));
      }
      assertThat(ids)
          .containsExactlyInAnyOrderElementsOf(
              expected.isEmpty() ? List.of() : List.of(expected.split(",")));
    }
  }

  @Test
  void allMatchersMustHold() {
    try (Appender appender = storage().appender(SOURCE)) {
      for (String job : List.of("a", "b")) {
        for (String instance : List.of("1", "2")) {
          appender.append(appender.slot(Labels.of("job", job, "instance", instance)), now(), 1);
        }
      }
      appender.commit();
    }
    try (Querier querier = storage().querier(0, Long.MAX_VALUE)) {
      List<Matcher> matchers =
          List.of(
              new Matcher(MatchType.EQUAL, "job", "a"),
              new Matcher(MatchType.REGEX, "instance", "2|3"));
      SeriesSet set = querier.select(0, Long.MAX_VALUE, matchers);
      assertThat(set.next()).isTrue();
      assertThat(set.labels()).isEqualTo(Labels.of("job", "a", "instance", "2"));
      assertThat(set.next()).isFalse();
      assertThat(set.warnings()).isEmpty();
      assertThat(querier.labelNames(List.of())).containsExactly("instance", "job");
      assertThat(querier.labelNames(matchers)).containsExactly("instance", "job");
      assertThat(querier.labelValues("instance", List.of())).containsExactly("1", "2");
      assertThat(querier.labelValues("instance", matchers)).containsExactly("2");
      assertThat(querier.labelValues("absent", List.of())).isEmpty();
    }
  }

  @Test
  void badExpressionIsRefused() {
    try (Querier querier = storage().querier(0, Long.MAX_VALUE)) {
      assertCode(
          () -> querier.select(0, 1, List.of(new Matcher(MatchType.REGEX, "a", "("))),
          StorageErrors.BAD_MATCHER);
    }
  }

  @Test
  void onlyTheWantedTimeIsRead() {
    long t = now() - 10_000;
    try (Appender appender = storage().appender(SOURCE)) {
      for (int i = 0; i < 500; i++) {
        commit(appender, UP, t + i, i);
      }
    }
    try (Querier querier = storage().querier(t + 100, t + 400)) {
      assertThat(read(querier, 0, Long.MAX_VALUE).getFirst().samples())
          .hasSize(301)
          .first()
          .isEqualTo(Sample.of(t + 100, 100));
      assertThat(read(querier, t + 239, t + 241).getFirst().samples())
          .containsExactly(
              Sample.of(t + 239, 239), Sample.of(t + 240, 240), Sample.of(t + 241, 241));
    }
  }

  @Test
  void onlySeriesWithSamplesInTheRangeAreFound() {
    long t = now() - 10 * 3_600_000;
    Labels early = Labels.of(Labels.METRIC_NAME, "early", "a", "1");
    Labels late = Labels.of(Labels.METRIC_NAME, "late", "b", "1");
    Labels both = Labels.of(Labels.METRIC_NAME, "both", "b", "2");
    try (Appender appender = storage().appender(SOURCE)) {
      for (int i = 0; i < 1000; i++) {
        commit(appender, early, t + i, i);
        commit(appender, both, t + i, i);
      }
      for (int i = 0; i < 1000; i++) {
        commit(appender, late, t + 3_600_000 + i, i);
        commit(appender, both, t + 3_600_000 + i, i);
      }
    }
    assertFound(t - 10, t - 1, List.of(), List.of());
    assertFound(t, t + 999, List.of("__name__", "a", "b"), List.of("both", "early"));
    assertFound(
        t + 999, t + 3_600_000, List.of("__name__", "a", "b"), List.of("both", "early", "late"));
    assertFound(t + 3_600_000, t + 3_700_000, List.of("__name__", "b"), List.of("both", "late"));
    assertFound(t + 3_700_000, Long.MAX_VALUE, List.of(), List.of());
    try (Querier querier = storage().querier(0, Long.MAX_VALUE)) {
      assertThat(names(querier, t, t + 999))
          .as("narrower than the querier")
          .containsExactly("both", "early");
    }
  }

  private void assertFound(long from, long to, List<String> labelNames, List<String> metrics) {
    List<Matcher> all = List.of(new Matcher(MatchType.REGEX, Labels.METRIC_NAME, ".+"));
    try (Querier querier = storage().querier(from, to)) {
      assertThat(names(querier, 0, Long.MAX_VALUE)).isEqualTo(metrics);
      for (List<Matcher> matchers : List.of(List.<Matcher>of(), all)) {
        assertThat(querier.labelNames(matchers)).as("%s", matchers).isEqualTo(labelNames);
        assertThat(querier.labelValues(Labels.METRIC_NAME, matchers))
            .as("%s", matchers)
            .isEqualTo(metrics);
      }
    }
  }

  private static List<String> names(Querier querier, long from, long to) {
    List<String> names = new ArrayList<>();
    SeriesSet set = querier.select(from, to, List.of());
    while (set.next()) {
      names.add(set.labels().metricName());
    }
    return names;
  }
}
