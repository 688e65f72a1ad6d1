package io.narthex.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.Labels;
import io.narthex.api.model.MatchType;
import io.narthex.api.model.Matcher;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Exemplar;
import io.narthex.api.storage.ExemplarOutcome;
import io.narthex.api.storage.ExemplarSeries;
import io.narthex.api.storage.StorageErrors;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exemplars: what is kept, for how long, and how it is found. */
abstract class StorageExemplarContract extends StorageQueryContract {
  private static final Labels TRACE = Labels.of("trace_id", "1");
  private static final List<List<Matcher>> ALL = List.of(List.of());

  private static Exemplar exemplar(long time, double value, String... labels) {
    return new Exemplar(Labels.of(labels), value, time);
  }

  private static ExemplarOutcome commit(Appender appender, Labels series, Exemplar exemplar) {
    ExemplarOutcome outcome = appender.exemplar(appender.slot(series), exemplar);
    appender.commit();
    return outcome;
  }

  private List<ExemplarSeries> found() {
    return storage().exemplars(Long.MIN_VALUE, Long.MAX_VALUE, ALL);
  }

  @Test
  void exemplarIsVisibleWithItsCommitAndAfterRestart() {
    long t = now();
    Exemplar first = exemplar(t - 5, 1.5, "trace_id", "ü", "span", "2");
    Exemplar second = exemplar(t, Double.NaN);
    try (Appender appender = storage().appender(SOURCE)) {
      int slot = appender.slot(UP);
      appender.append(slot, t, 1);
      assertThat(appender.exemplar(slot, first)).isEqualTo(ExemplarOutcome.ACCEPTED);
      assertThat(found()).isEmpty();
      assertThat(appender.commit().samples()).isEqualTo(1);
      assertThat(found()).containsExactly(new ExemplarSeries(UP, List.of(first)));

      assertThat(appender.exemplar(slot, second)).isEqualTo(ExemplarOutcome.ACCEPTED);
      assertThat(appender.commit().samples()).as("exemplars are no samples").isZero();
    }
    List<ExemplarSeries> expected = List.of(new ExemplarSeries(UP, List.of(first, second)));
    assertThat(found()).isEqualTo(expected);
    restart();
    assertThat(found()).isEqualTo(expected);
    assertThat(all()).containsExactly(new Found(UP, List.of(Sample.of(t, 1))));
  }

  @Test
  void exemplarOfARolledBackTransactionOrOfNoSeriesIsNotKept() {
    try (Appender appender = storage().appender(SOURCE)) {
      commit(appender, UP, now(), 1);
      appender.exemplar(appender.slot(UP), exemplar(now(), 1));
      appender.rollback();
      appender.commit();
      commit(appender, Labels.of(Labels.METRIC_NAME, "never"), exemplar(now(), 1));
      assertThat(found()).isEmpty();
      appender.exemplar(appender.slot(UP), exemplar(now(), 1));
    }
    assertThat(found()).isEmpty();
    assertThat(all()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 5, 1, ALREADY_THERE",
    "0, 6, 1, ACCEPTED",
    "0, 4, 1, OUT_OF_ORDER",
    "1, 5, 1, ACCEPTED",
    "1, 4, 2, ACCEPTED",
    "-1, 5, 1, OUT_OF_ORDER",
    "-1, 6, 2, OUT_OF_ORDER"
  })
  void exemplarIsComparedWithTheSeriesLatest(
      long offset, double value, String trace, ExemplarOutcome expected) {
    long t = now();
    try (Appender appender = storage().appender(SOURCE)) {
      commit(appender, UP, t, 1);
      commit(appender, UP, exemplar(t - 100, 9, "trace_id", "0"));
      commit(appender, UP, exemplar(t, 5, "trace_id", "1"));
      assertThat(commit(appender, UP, exemplar(t + offset, value, "trace_id", trace)))
          .isEqualTo(expected);
    }
    assertThat(found().getFirst().exemplars())
        .hasSize(expected == ExemplarOutcome.ACCEPTED ? 3 : 2);
  }

  @Test
  void exemplarThatComesTwiceInATransactionIsKeptOnce() {
    try (Appender appender = storage().appender(SOURCE)) {
      commit(appender, UP, now(), 1);
      int slot = appender.slot(UP);
      appender.exemplar(slot, new Exemplar(TRACE, 1, now()));
      appender.exemplar(slot, new Exemplar(TRACE, 1, now()));
      appender.exemplar(slot, new Exemplar(TRACE, 1, now() - 1));
      appender.commit();
    }
    assertThat(found().getFirst().exemplars()).containsExactly(new Exemplar(TRACE, 1, now()));
  }

  @Test
  void exemplarLabelsHaveAtMost128Characters() {
    // Characters, not bytes or UTF-16 units: each of these is two units.
    String most = "𝄞".repeat(123);
    try (Appender appender = storage().appender(SOURCE)) {
      commit(appender, UP, now(), 1);
      assertThat(commit(appender, UP, exemplar(now(), 1, "trace", most + "x")))
          .isEqualTo(ExemplarOutcome.LABELS_TOO_LONG);
      assertThat(commit(appender, UP, exemplar(now(), 1, "trace", most)))
          .isEqualTo(ExemplarOutcome.ACCEPTED);
    }
    restart();
    assertThat(found().getFirst().exemplars()).containsExactly(exemplar(now(), 1, "trace", most));
  }

  @Test
  void newExemplarDrivesOutTheOneThatCameFirst() {
    long t = now() - 100_000;
    Labels other = Labels.of(Labels.METRIC_NAME, "other");
    try (Appender appender = storage().appender(SOURCE)) {
      appender.append(appender.slot(UP), t, 1);
      appender.append(appender.slot(other), t, 1);
      appender.exemplar(appender.slot(other), exemplar(t + 1_000, 1));
      appender.commit();
      for (int i = 0; i < maxExemplars(); i++) {
        appender.exemplar(appender.slot(UP), exemplar(t + i, 1));
      }
      appender.commit();
      assertThat(found()).extracting(ExemplarSeries::labels).containsExactly(UP);
      appender.exemplar(appender.slot(other), exemplar(t, 2));
      appender.commit();
    }
    List<ExemplarSeries> found = found();
    assertThat(found).extracting(ExemplarSeries::labels).containsExactly(other, UP);
    assertThat(found.getLast().exemplars())
        .hasSize(maxExemplars() - 1)
        .first()
        .isEqualTo(exemplar(t + 1, 1));
    restart();
    assertThat(found()).isEqualTo(found);
  }

  @Test
  void exemplarsAreFoundByTimeAndSelectors() {
    long t = now() - 1000;
    Labels b = Labels.of(Labels.METRIC_NAME, "up", "job", "b");
    Labels c = Labels.of(Labels.METRIC_NAME, "down", "job", "c");
    try (Appender appender = storage().appender(SOURCE)) {
      for (Labels series : List.of(UP, b, c)) {
        appender.append(appender.slot(series), t, 1);
        for (int i = 0; i < 5; i++) {
          appender.exemplar(appender.slot(series), exemplar(t + i, i, "id", "" + i));
        }
      }
      appender.commit();
    }
    List<Matcher> up = List.of(new Matcher(MatchType.EQUAL, Labels.METRIC_NAME, "up"));
    List<Matcher> notA = List.of(new Matcher(MatchType.NOT_REGEX, "job", "a|x"));
    assertThat(storage().exemplars(t + 1, t + 2, List.of(up, notA)))
        .extracting(ExemplarSeries::labels)
        .containsExactly(c, UP, b);
    assertThat(storage().exemplars(t + 1, t + 2, List.of(up)))
        .extracting(ExemplarSeries::labels)
        .containsExactly(UP, b);
    assertThat(storage().exemplars(t + 1, t + 2, List.of(up)).getFirst().exemplars())
        .containsExactly(exemplar(t + 1, 1, "id", "1"), exemplar(t + 2, 2, "id", "2"));
    assertThat(storage().exemplars(t + 5, t + 9, ALL)).isEmpty();
    assertThat(storage().exemplars(t - 9, t - 1, ALL)).isEmpty();
    assertThat(storage().exemplars(t, t, List.of())).isEmpty();
    assertCode(
        () -> storage().exemplars(0, 1, List.of(List.of(new Matcher(MatchType.REGEX, "a", "(")))),
        StorageErrors.BAD_MATCHER);
  }
}
