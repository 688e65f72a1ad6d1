package io.narthex.storage.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.metrics.Gauge;
import io.narthex.api.model.Labels;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Appender;
import io.narthex.tck.log.InMemoryLogStore;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the head takes outside of the heap is shown by kind, and is zero again at the end. */
class OffHeapGaugeTest {
  private final Map<String, Double> shown = new TreeMap<>();
  private final OffHeapGauge gauge = new OffHeapGauge(new Shown(""));

  private final class Shown implements Gauge {
    private final String kind;

    Shown(String kind) {
      this.kind = kind;
    }

    @Override
    public void set(double value) {
      shown.put(kind, value);
    }

    @Override
    public void add(double amount) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Gauge labels(String... values) {
      return new Shown(values[0]);
    }
  }

  private Map<String, Double> look() {
    gauge.run();
    return new TreeMap<>(shown);
  }

  @Test
  void everyKindGrowsWithTheHeadAndGoesWithIt() {
    Map<String, Double> before = look();
    TestClock clock = new TestClock();
    Storages storages = Storages.start(new InMemoryLogStore(), clock);
    try (Appender appender = storages.storage().appender(new AppendSource("scrape", "a"))) {
      for (int row = 0; row < 130; row++) {
        clock.advance(15_000);
        for (int i = 0; i < 100; i++) {
          int slot = appender.slot(Labels.of("__name__", "m", "i", "" + i));
          appender.append(slot, clock.wallMillis(), row * 0.5 + i);
        }
        appender.commit();
      }
    }
    Map<String, Double> full = look();
    assertThat(full)
        .containsOnlyKeys("labels", "series", "references", "rows", "columns", "scratch");
    full.forEach(
        (kind, bytes) -> assertThat(bytes).as(kind).isGreaterThan(before.getOrDefault(kind, 0.0)));

    assertThat(storages.storage().stop(Duration.ofSeconds(5))).isTrue();
    assertThat(look()).isEqualTo(before);
  }
}
