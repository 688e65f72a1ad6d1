package io.narthex.remote.internal.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeriesSlotsTest {
  private final SeriesSlots slots = new SeriesSlots();

  @Test
  void findsWhatWasAddedAndNothingElse() {
    Random random = new Random(75);
    Map<String, Integer> expected = new HashMap<>();
    long bytes = 0;
    for (int i = 0; i < 20_000; i++) {
      String key = "k".repeat(random.nextInt(20)) + random.nextInt(5000);
      byte[] array = ("<" + key + ">").getBytes(StandardCharsets.UTF_8);
      int found = slots.find(array, 1, array.length - 1);
      assertThat(found).isEqualTo(expected.getOrDefault(key, SeriesSlots.NONE));
      if (found == SeriesSlots.NONE) {
        slots.add(array, 1, array.length - 1, i);
        expected.put(key, i);
        bytes += key.length();
      }
    }
    assertThat(slots.size()).isEqualTo(expected.size());
    assertThat(slots.bytes()).isEqualTo(bytes);
    slots.clear();
    assertThat(slots.size()).isZero();
    expected.keySet().stream()
        .map(key -> key.getBytes(StandardCharsets.UTF_8))
        .forEach(key -> assertThat(slots.find(key, 0, key.length)).isEqualTo(SeriesSlots.NONE));
  }
}
