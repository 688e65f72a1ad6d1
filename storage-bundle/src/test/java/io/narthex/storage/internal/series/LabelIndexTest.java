package io.narthex.storage.internal.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.Labels;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelIndexTest {
  private static final int SERIES_AND_LABEL = 160 + 16;

  private final LabelIndex index = new LabelIndex();

  @ParameterizedTest
  @CsvSource({
    "name, value, 200 + 4 + 150 + 5",
    "n, \u00fc\u00ff, 200 + 1 + 150 + 2",
    "n, \u0100a, 200 + 1 + 150 + 4",
    "\u65e5\u672c, v, 200 + 4 + 150 + 1",
    "n, \ud83d\ude00, 200 + 1 + 150 + 4"
  })
  void newNamesAndValuesCostTheirSizeInMemory(String name, String value, String expected) {
    Labels labels = Labels.of(name, value);
    int sum = SERIES_AND_LABEL;
    for (String part : expected.split(" \\+ ")) {
      sum += Integer.parseInt(part);
    }

    assertThat(bytesOf(labels)).isEqualTo(sum);
    add(labels);
    assertThat(index.bytes()).isEqualTo(sum);
  }

  @Test
  void namesAndValuesThatAreThereCostNothingMore() {
    add(Labels.of("a", "1"));
    add(Labels.of("b", "2"));
    long before = index.bytes();

    assertThat(bytesOf(Labels.of("a", "1", "b", "2"))).isEqualTo(160 + 2 * 16);
    assertThat(bytesOf(Labels.of("a", "2"))).isEqualTo(160 + 16 + 150 + 1);
    add(Labels.of("a", "1", "b", "2"));
    assertThat(index.bytes() - before).isEqualTo(160 + 2 * 16);
  }

  @Test
  void withoutRemovedSeriesOnlyTheOthersNamesAreCounted() {
    add(Labels.of("stays", "1"));
    long before = index.bytes();
    Series gone = add(Labels.of("gone", "1"));
    gone.remove();
    index.remove(gone);

    assertThat(index.bytes()).isGreaterThan(before);
    assertThat(index.withoutRemoved().bytes()).isEqualTo(before);
  }

  @Test
  void aNewNameIsCountedOnceForAllSeriesThatAreToCome() {
    Set<String> newNames = new HashSet<>();

    assertThat(index.bytesOf(Labels.of("n", "1"), newNames)).isEqualTo(160 + 16 + 201 + 151);
    assertThat(index.bytesOf(Labels.of("n", "2"), newNames)).isEqualTo(160 + 16 + 151);
    assertThat(newNames).containsExactly("n");
  }

  private long bytesOf(Labels labels) {
    return index.bytesOf(labels, new HashSet<>());
  }

  private Series add(Labels labels) {
    Series series = new Series(labels, 1);
    index.add(series);
    return series;
  }
}
