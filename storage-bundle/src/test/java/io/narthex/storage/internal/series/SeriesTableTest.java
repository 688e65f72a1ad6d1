package io.narthex.storage.internal.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.Labels;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeriesTableTest {
  @Test
  void findsWhatAMapWouldFind() {
    Random random = new Random(7);
    SeriesTable table = new SeriesTable();
    Map<Labels, Series> model = new HashMap<>();
    for (int step = 0; step < 50_000; step++) {
      Labels labels = Labels.of("n", "" + random.nextInt(step < 25_000 ? 3000 : 300));
      Series known = model.get(labels);
      assertThat(table.find(labels)).isSameAs(known);
      if (known == null) {
        Series made = new Series(labels, 1);
        table.add(made);
        model.put(labels, made);
      } else if (random.nextInt(3) > 0) {
        table.remove(known);
        table.remove(known);
        model.remove(labels);
      }
      assertThat(table.size()).isEqualTo(model.size());
    }
    model.forEach((labels, series) -> assertThat(table.find(labels)).isSameAs(series));
  }
}
