package io.narthex.api.model.histogram;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.error.NarthexException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What upstream's own code made of histograms, in {@code upstream-operations.txt}. */
class UpstreamOperationsTest {
  private final Map<String, Integer> checked = new TreeMap<>();
  private Histogram whole = Histogram.STALE;
  private FloatHistogram fraction = FloatHistogram.STALE;
  private List<String> last = List.of();

  @Test
  void resultsAreUpstreams() throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                UpstreamOperationsTest.class.getResourceAsStream("upstream-operations.txt"),
                StandardCharsets.US_ASCII))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        List<String> words = List.of(line.split(" ", -1));
        check(words.getFirst(), words.subList(1, words.size()));
        checked.merge(words.getFirst(), 1, Integer::sum);
      }
    }
    assertThat(checked).containsEntry("int", 200).containsEntry("fvalid", 400);
    assertThat(checked.get("coarser")).isEqualTo(checked.get("fcoarser")).isGreaterThan(100);
  }

  private void check(String mark, List<String> words) {
    switch (mark) {
      case "int" -> {
        whole = new HistogramText(words).histogram();
        last = words;
      }
      case "given" -> {
        fraction = new HistogramText(words).floatHistogram();
        last = words;
      }
      case "bad", "fbad" -> last = words;
      case "float" ->
          assertThat(whole.toFloat()).isEqualTo(new HistogramText(words).floatHistogram());
      case "compact" ->
          assertThat(whole.compacted(Integer.parseInt(words.getFirst())))
              .as("of %s", whole)
              .isEqualTo(rest(words).histogram());
      case "coarser" -> {
        Histogram coarser = whole.coarserTo(Integer.parseInt(words.getFirst()));
        assertThat(coarser).isEqualTo(rest(words).histogram());
      }
      case "fcompact" ->
          assertThat(fraction.compacted(Integer.parseInt(words.getFirst())))
              .as("of %s", fraction)
              .isEqualTo(rest(words).floatHistogram());
      case "fcoarser" -> {
        FloatHistogram coarser = fraction.coarserTo(Integer.parseInt(words.getFirst()));
        assertThat(coarser).isEqualTo(rest(words).floatHistogram());
      }
      case "valid" -> {
        List<String> given = last;
        checkError(words.getFirst(), () -> new HistogramText(given).histogram().validate());
      }
      case "fvalid" -> {
        List<String> given = last;
        checkError(words.getFirst(), () -> new HistogramText(given).floatHistogram().validate());
      }
      case "other" -> last = words;
      case "same" ->
          assertThat(whole.sameData(new HistogramText(last).histogram()))
              .as("%s and %s", whole, last)
              .isEqualTo(Boolean.parseBoolean(words.getFirst()));
      default -> throw new IllegalStateException(mark);
    }
  }

  private static HistogramText rest(List<String> words) {
    return new HistogramText(words.subList(1, words.size()));
  }

  private void checkError(String expected, Runnable check) {
    String found = "ok";
    try {
      check.run();
    } catch (NarthexException e) {
      found = e.code().name().substring("histogram/".length());
    }
    if (expected.equals("invalid-schema")) {
      // A schema without a meaning does not get as far as upstream's check; nor do bounds with one.
      assertThat(found).isIn("invalid-schema", "unknown-schema", "unexpected-bounds");
    } else {
      assertThat(found).as("%s", last).isEqualTo(expected);
    }
  }
}
