package io.narthex.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelsTest {
  @Test
  void areSortedWhateverTheOrderGiven() {
    Labels labels = Labels.of("b", "2", "a", "1", "__name__", "up");
    assertThat(labels).hasToString("{__name__=\"up\", a=\"1\", b=\"2\"}");
    assertThat(labels).isEqualTo(Labels.of("a", "1", "__name__", "up", "b", "2"));
  }

  @Test
  void anEmptyValueIsNoLabel() {
    assertThat(Labels.of("a", "", "b", "1")).isEqualTo(Labels.of("b", "1"));
    assertThat(Labels.of("b", "1").toBuilder().set("b", "").build()).isEqualTo(Labels.EMPTY);
    assertThat(Labels.EMPTY.get("a")).isEmpty();
  }

  @Test
  void refuseWhatIsNoLabelSet() {
    assertThatThrownBy(() -> Labels.of("a"))
        .hasMessage("labels are pairs of a name and a value, got 1 strings");
    assertThatThrownBy(() -> Labels.of("a", "1", "a", "2"))
        .hasMessage("label \"a\" is given twice");
    assertThatThrownBy(() -> Labels.of("", "x"))
        .hasMessage("a label name is empty (its value is \"x\")");
  }

  @Test
  void areQuotedAsUpstreamDoes() {
    assertThat(Labels.of("my.dot", "a\"b\\c\nd", "ok_1", "é"))
        .hasToString("{\"my.dot\"=\"a\\\"b\\\\c\\nd\", ok_1=\"é\"}");
  }

  @Test
  void areOrderedByTheBytesOfUtf8() {
    Random random = new Random(7);
    int[] edges = {0x41, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff};
    for (int i = 0; i < 20_000; i++) {
      String a = word(random, edges);
      String b = word(random, edges);
      int bytes =
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
      assertThat(Integer.signum(Utf8Order.compare(a, b))).isEqualTo(Integer.signum(bytes));
    }
  }

  @Test
  void theBuilderKeepsWhatAMapWouldKeep() {
    Random random = new Random(3);
    for (int round = 0; round < 500; round++) {
      Labels.Builder builder = Labels.builder();
      TreeMap<String, String> map = new TreeMap<>();
      for (int i = 0; i < 40; i++) {
        String name = "l" + random.nextInt(12);
        if (random.nextInt(3) == 0) {
          builder.remove(name);
          map.remove(name);
        } else {
          builder.set(name, "v" + i);
          map.put(name, "v" + i);
        }
      }
      assertThat(builder.build()).isEqualTo(Labels.of(map));
      assertThat(builder.build().size()).isEqualTo(map.size());
    }
  }

  /** The published test vectors of XXH64 with seed 0. */
  @ParameterizedTest
  @CsvSource({
    "'', ef46db3751d8e999",
    "a, d24ec4f1a98c6e5b",
    "abc, 44bc2cf5ad770999",
    "abcdefghijklmnopqrstuvwxyz0123456789, 64f23ecf1609b766"
  })
  void theStableHashIsXxh64(String text, String hash) {
    assertThat(Long.toHexString(XxHash64.hash(text.getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(hash);
  }

  @Test
  void theStableHashSeparatesNamesFromValues() {
    assertThat(Labels.of("ab", "c").stableHash()).isNotEqualTo(Labels.of("a", "bc").stableHash());
  }

  private static String word(Random random, int[] edges) {
    StringBuilder word = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      word.appendCodePoint(edges[random.nextInt(edges.length)]);
    }
    return word.toString();
  }
}
