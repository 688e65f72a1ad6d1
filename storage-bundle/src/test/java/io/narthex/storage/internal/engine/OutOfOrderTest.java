package io.narthex.storage.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.Labels;
import io.narthex.api.model.MatchType;
import io.narthex.api.model.Matcher;
import io.narthex.api.model.histogram.NativeHistogram;
import io.narthex.api.storage.AppendOutcome;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.SampleKind;
import io.narthex.api.storage.SeriesSet;
import io.narthex.api.time.DurationSyntax;
import io.narthex.storage.internal.document.RandomHistograms;
import io.narthex.tck.log.InMemoryLogStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Samples that come out of order, within a window of time: as upstream, and over restarts. */
class OutOfOrderTest {
  private static final AppendSource SOURCE = new AppendSource("remote-write", "a");
  private static final Map<AppendOutcome, String> ANSWERS =
      Map.of(
          AppendOutcome.OUT_OF_ORDER, "out of order sample",
          AppendOutcome.TOO_OLD, "too old sample",
          AppendOutcome.DUPLICATE_TIMESTAMP, "duplicate sample");

  private final TestClock clock = new TestClock();
  private final long base = clock.wallMillis() - 7_200_000;
  private InMemoryLogStore store = new InMemoryLogStore();
  private Storages storages = Storages.start(store, clock);

  private void restart() {
    storages.storage().stop(Duration.ZERO);
    store = store.next();
    storages = Storages.start(store, clock);
    assertThat(storages.problems()).isEmpty();
  }

  /** A case of the recording. */
  record Case(String name, List<String> steps) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() throws IOException {
    try (InputStream in = OutOfOrderTest.class.getResourceAsStream("upstream-out-of-order.txt")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Stream.of(text.split("(?m)^case ", -1))
          .skip(1)
          .map(each -> new Case(each.lines().findFirst().orElseThrow(), each.lines().toList()));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatIsTakenAndFoundIsAsUpstream(Case recorded) {
    window(recorded.name().split(" ")[1]);
    for (String step : recorded.steps().subList(1, recorded.steps().size())) {
      String[] words = step.split(" ");
      switch (words[0]) {
        case "reload" -> window(words[1]);
        case "send" -> assertThat(send(words)).as(step).isEqualTo(step.replaceFirst(".*> ", ""));
        case "has" -> assertThat(samples(words[1])).isEqualTo(step.replaceFirst("has \\S+ ", ""));
        default -> assertThat(counted()).isEqualTo(step);
      }
    }
    restart();
    recorded.steps().stream()
        .filter(step -> step.startsWith("has "))
        .forEach(
            step ->
                assertThat("has " + step.charAt(4) + " " + samples(step.substring(4, 5)))
                    .isEqualTo(step));
  }

  private void window(String text) {
    storages.storage().lateWindow(DurationSyntax.parse(text).toMillis());
  }

  private String send(String[] words) {
    String answer = "204";
    try (Appender appender = storages.storage().appender(SOURCE)) {
      int slot = appender.slot(Labels.of("n", words[1]));
      for (int i = 2; !words[i].equals("->"); i++) {
        String[] sample = words[i].split("=");
        AppendOutcome outcome =
            appender.append(slot, base + Long.parseLong(sample[0]), Double.parseDouble(sample[1]));
        answer = ANSWERS.containsKey(outcome) ? "400 " + ANSWERS.get(outcome) : answer;
      }
      appender.commit();
    }
    return answer;
  }

  private String counted() {
    return "counted {\"head_out_of_order_appended\": %d, \"out_of_order\": %d, \"too_old\": %d}"
        .formatted(
            storages.counters().late(),
            storages.counters().outOfOrder(),
            storages.counters().tooOld());
  }

  private String samples(String name) {
    List<String> texts = new ArrayList<>();
    long[] times = new long[3];
    double[] values = new double[3];
    try (Querier querier = storages.storage().querier(Long.MIN_VALUE, Long.MAX_VALUE)) {
      SeriesSet set =
          querier.select(
              Long.MIN_VALUE, Long.MAX_VALUE, List.of(new Matcher(MatchType.EQUAL, "n", name)));
      assertThat(set.next()).isTrue();
      SampleCursor cursor = set.samples();
      int n;
      while ((n = cursor.read(times, values, 0, 3)) >= 0) {
        for (int i = 0; i < n; i++) {
          texts.add(times[i] - base + "=" + (long) values[i]);
        }
      }
    }
    return String.join(" ", texts);
  }

  @Test
  void aReaderDoesNotSeeWhatComesOutOfOrderLater() {
    storages.storage().lateWindow(600_000);
    send("send a 1200000=1 900000=2 ->".split(" "));
    try (Querier querier = storages.storage().querier(Long.MIN_VALUE, Long.MAX_VALUE)) {
      send("send a 1000000=3 ->".split(" "));
      SeriesSet set = querier.select(Long.MIN_VALUE, Long.MAX_VALUE, List.of());
      assertThat(set.next()).isTrue();
      assertThat(set.samples().read(new long[5], new double[5], 0, 5)).isEqualTo(2);
    }
    assertThat(samples("a")).isEqualTo("900000=2 1000000=3 1200000=1");
  }

  /** Whatever wins where times are equal: the same does so after a restart. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void allThatWasAcceptedIsThereAndStaysSo(int seed) {
    Random random = new Random(seed);
    Map<String, RandomHistograms> histograms = new TreeMap<>();
    Map<String, TreeMap<Long, TreeSet<String>>> model = new TreeMap<>();
    for (int life = 0; life < 3; life++) {
      storages.storage().lateWindow(life == 1 ? 0 : 200_000);
      try (Appender appender = storages.storage().appender(SOURCE)) {
        for (int commit = 0; commit < 150; commit++) {
          clock.advance(random.nextInt(30) == 0 ? 7_000_000 : random.nextInt(5000));
          int from = random.nextInt(6);
          for (int i = from; i < from + 6; i++) {
            String name = "s" + i;
            boolean isLate = random.nextInt(3) == 0;
            long time = clock.wallMillis() - (isLate ? random.nextInt(250_000) : 0);
            NativeHistogram histogram =
                i % 4 == 3
                    ? histograms.computeIfAbsent(name, n -> new RandomHistograms(random)).next()
                    : null;
            double value = random.nextInt(1000) / 10.0;
            int slot = appender.slot(Labels.of("n", name));
            AppendOutcome outcome =
                histogram == null
                    ? appender.append(slot, time, value)
                    : appender.append(slot, time, histogram);
            if (outcome == AppendOutcome.ACCEPTED) {
              model
                  .computeIfAbsent(name, n -> new TreeMap<>())
                  .computeIfAbsent(time, t -> new TreeSet<>())
                  .add(histogram == null ? "" + value : "h" + histogram.sum());
            }
          }
          appender.commit();
        }
      }
      Map<String, TreeMap<Long, String>> found = all();
      assertThat(found.keySet()).isEqualTo(model.keySet());
      model.forEach(
          (name, samples) -> {
            assertThat(found.get(name).keySet()).as(name).isEqualTo(samples.keySet());
            found.get(name).forEach((time, text) -> assertThat(samples.get(time)).contains(text));
          });
      restart();
      assertThat(all()).isEqualTo(found);
    }
    assertThat(storages.head().stats().chunks()).isPositive();
  }

  private Map<String, TreeMap<Long, String>> all() {
    Map<String, TreeMap<Long, String>> found = new TreeMap<>();
    try (Querier querier = storages.storage().querier(Long.MIN_VALUE, Long.MAX_VALUE)) {
      SeriesSet set = querier.select(Long.MIN_VALUE, Long.MAX_VALUE, List.of());
      while (set.next()) {
        TreeMap<Long, String> samples = new TreeMap<>();
        SampleCursor cursor = set.samples();
        long last = Long.MIN_VALUE;
        while (cursor.next()) {
          assertThat(cursor.timestamp()).isGreaterThan(last);
          last = cursor.timestamp();
          samples.put(
              last,
              cursor.kind() == SampleKind.FLOAT
                  ? "" + cursor.value()
                  : "h" + cursor.histogram().sum());
        }
        found.put(set.labels().get("n"), samples);
      }
    }
    return found;
  }
}
