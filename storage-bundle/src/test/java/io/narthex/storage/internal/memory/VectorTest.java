package io.narthex.storage.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VectorTest {
  @Test
  void keepsWhatIsInUseAndGivesTheRestBack() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      TreeMap<Integer, Long> model = new TreeMap<>();
      try (PagePool pool = new PagePool(MemoryKind.SCRATCH)) {
        Vector vector = new Vector(pool, 3);
        for (int round = 0; round < 4; round++) {
          int base = random.nextInt(300_000);
          for (int i = random.nextInt(2000); i > 0; i--) {
            int index = base + random.nextInt(5000);
            long value = random.nextLong();
            Memory.putLong(vector.ensure(index), value);
            model.put(index, value);
          }
          int from = random.nextInt(300_000);
          model.subMap(from, from + random.nextInt(200_000)).clear();
          vector.releaseUnused(
              index -> {
                Integer next = model.ceilingKey(index);
                return next == null ? Integer.MAX_VALUE : next;
              });
          model.forEach(
              (index, value) ->
                  assertThat(Memory.getLong(vector.find(index))).isEqualTo((long) value));
          assertThat(pool.usedBytes()).isEqualTo(vector.bytes());
        }
        model.clear();
        vector.releaseUnused(index -> Integer.MAX_VALUE);
        assertThat(vector.bytes()).as("seed %d", seed).isZero();
        assertThat(vector.find(0)).isZero();
        assertThat(Memory.getLong(vector.ensure(77))).as("a page comes back empty").isZero();
      }
    }
  }
}
