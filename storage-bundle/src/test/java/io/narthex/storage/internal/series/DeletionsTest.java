package io.narthex.storage.internal.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeletionsTest {
  @Test
  void rangesAreThoseOfAPlainSet() {
    Random random = new Random(5);
    for (int trial = 0; trial < 2000; trial++) {
      Deletions deletions = Deletions.NONE;
      BitSet model = new BitSet();
      for (int i = random.nextInt(12); i > 0; i--) {
        int from = random.nextInt(100);
        int to = from + random.nextInt(20);
        deletions = deletions.plus(from, to);
        model.set(from, to + 1);
      }
      int since = random.nextInt(120);
      Deletions later = deletions.since(since);
      int ranges = 0;
      for (int at = 0; at < 130; at++) {
        ranges += model.get(at) && (at == 0 || !model.get(at - 1)) ? 1 : 0;
        assertThat(deletions.has(at)).isEqualTo(model.get(at));
        assertThat(at < since || later.has(at) == model.get(at)).isTrue();
        int to = at + random.nextInt(10);
        assertThat(deletions.covers(at, to)).isEqualTo(model.nextClearBit(at) > to);
        int set = model.nextSetBit(at);
        assertThat(deletions.overlaps(at, to)).isEqualTo(set >= 0 && set <= to);
      }
      assertThat(deletions.size()).isEqualTo(ranges);
      for (int i = 0; i < deletions.size(); i++) {
        assertThat(model.get((int) deletions.from(i), (int) deletions.to(i) + 1).cardinality())
            .isEqualTo((int) (deletions.to(i) - deletions.from(i)) + 1);
      }
    }
  }

  @Test
  void theEndsOfTimeAreTimes() {
    Deletions all = Deletions.NONE.plus(5, Long.MAX_VALUE).plus(Long.MIN_VALUE, 4);
    assertThat(all.size()).isEqualTo(1);
    assertThat(all.covers(Long.MIN_VALUE, Long.MAX_VALUE)).isTrue();
    assertThat(all.since(Long.MAX_VALUE)).isEqualTo(all);
    assertThat(Deletions.NONE.plus(1, 2).since(3)).isSameAs(Deletions.NONE);
  }
}
