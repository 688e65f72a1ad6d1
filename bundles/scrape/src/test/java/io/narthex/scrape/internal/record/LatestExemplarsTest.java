package io.narthex.scrape.internal.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatestExemplarsTest {
  @Test
  void knowsTheLatestOfEachSeries() {
    LatestExemplars latest = new LatestExemplars();
    Map<Integer, Long> model = new HashMap<>();
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      int slot = random.nextInt(1000);
      long hash = random.nextInt(4);
      assertThat(latest.isLatest(slot, hash)).isEqualTo(Long.valueOf(hash).equals(model.get(slot)));
      if (random.nextBoolean()) {
        latest.set(slot, hash);
        model.put(slot, hash);
      }
      assertThat(latest.size()).isEqualTo(model.size());
    }

    latest.clear();

    assertThat(latest.size()).isZero();
    assertThat(latest.isLatest(1, model.get(1))).isFalse();
  }
}
