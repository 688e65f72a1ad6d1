package io.narthex.storage.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.histogram.CounterResetHint;
import io.narthex.api.model.histogram.FloatHistogram;
import io.narthex.api.model.histogram.Histogram;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.SampleKind;
import io.narthex.api.storage.SeriesSet;
import io.narthex.spi.log.DurableLog;
import io.narthex.tck.log.InMemoryLogStore;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A log with all that version 2.1 brought is read as it was meant. */
class LogOfVersion21Test {
  private static final long BASE = 1_700_000_000_000L;

  @Test
  void histogramsSamplesOutOfOrderAndDeletionsAreRead() throws IOException {
    InMemoryLogStore store = new InMemoryLogStore();
    DurableLog log = store.open("samples");
    try (InputStream in =
        LogOfVersion21Test.class.getResourceAsStream("a-log-of-version-2.1.hex")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        byte[] document = HexFormat.of().parseHex(line);
        log.append(0, MemorySegment.ofArray(document)).toCompletableFuture().join();
      }
    }
    log.close();
    Storages storages = Storages.start(store.next(), new TestClock());

    assertThat(storages.problems()).isEmpty();
    assertThat(all(storages))
        .containsExactly(
            "{n=\"a\"}: 0=1.0 500=0.5 1000=2.0 4000=4.0",
            "{n=\"b\"}: 0=12 of [-2:2, 1:1][5, 3, 3] 15000=13 of [-2:2, 1:1][6, 3, 3] 30000=end",
            "{n=\"c\"}: 0=2.5 of [0:3][1.0, 1.0, 0.5] [0.5, 2.0]"
                + " 7000=gauge 2.5 of [0:3][1.0, 1.0, 0.5] [0.5, 2.0] 15000=end");
  }

  private static List<String> all(Storages storages) {
    List<String> series = new ArrayList<>();
    try (Querier querier = storages.storage().querier(Long.MIN_VALUE, Long.MAX_VALUE)) {
      SeriesSet set = querier.select(Long.MIN_VALUE, Long.MAX_VALUE, List.of());
      while (set.next()) {
        StringBuilder text = new StringBuilder(set.labels() + ":");
        SampleCursor cursor = set.samples();
        while (cursor.next()) {
          text.append(' ').append(cursor.timestamp() - BASE).append('=').append(text(cursor));
        }
        series.add(text.toString());
      }
    }
    return series;
  }

  private static String text(SampleCursor cursor) {
    if (cursor.kind() == SampleKind.FLOAT) {
      return "" + cursor.value();
    }
    return switch (cursor.histogram()) {
      case Histogram h when h.isStale() -> "end";
      case FloatHistogram h when h.isStale() -> "end";
      case Histogram h -> h.count() + " of " + h.positive();
      case FloatHistogram h ->
          (h.resetHint() == CounterResetHint.GAUGE ? "gauge " : "")
              + h.count()
              + " of "
              + h.positive()
              + " "
              + h.bounds();
    };
  }
}
