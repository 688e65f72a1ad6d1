package io.narthex.scrape.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.scrape.internal.text.FamilyType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesTableTest {
  private final SeriesTable table = new SeriesTable();

  @Test
  void expectsTheOrderOfTheScrapeBefore() {
    scrape("a", "b", "c");
    table.beginScrape();

    assertThat(text(table.expected())).isEqualTo("a");
    table.takeExpected();
    assertThat(text(table.expected())).isEqualTo("b");
  }

  @Test
  void catchesUpBehindWhatHasGone() {
    scrape("a", "b", "c", "d");
    table.beginScrape();

    table.takeExpected();
    table.find(bytes("c"), 0, 1);
    assertThat(text(table.expected())).isEqualTo("d");
  }

  @Test
  void anInsertedTextChangesNothingForTheNext() {
    scrape("a", "b");
    table.beginScrape();

    table.takeExpected();
    assertThat(table.find(bytes("new"), 0, 3)).isEqualTo(SeriesTable.NONE);
    assertThat(text(table.expected())).isEqualTo("b");
  }

  @Test
  void theOrderHoldsWhenEntriesGetNewNumbers() {
    scrape("gone", "a", "b", "c");
    table.beginScrape();
    for (String text : new String[] {"b", "a", "c"}) {
      table.see(table.find(bytes(text), 0, 1));
    }
    table.endScrape(true);
    table.beginScrape();

    for (String text : new String[] {"b", "a", "c"}) {
      assertThat(text(table.expected())).isEqualTo(text);
      table.takeExpected();
    }
    assertThat(table.expected()).isNull();
  }

  /** Random scrapes, checked against a map from texts to slots. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void knowsExactlyWhatTheLastGoodScrapesHad(long seed) {
    Random random = new Random(seed);
    Map<String, Integer> model = new HashMap<>();
    int nextSlot = 0;
    for (int round = 0; round < 60; round++) {
      boolean good = random.nextInt(4) > 0;
      List<String> body = body(random);
      Map<String, Integer> seen = new HashMap<>();
      table.beginScrape();
      for (String text : body) {
        int entry = find(text);
        assertThat(entry == SeriesTable.NONE).as(text).isEqualTo(!model.containsKey(text));
        if (entry == SeriesTable.NONE) {
          entry = table.add(bytes(text), 0, text.length(), FamilyType.SUMMARY);
          table.slot(entry, nextSlot);
          model.put(text, nextSlot++);
        }
        assertThat(table.slot(entry)).isEqualTo(model.get(text));
        assertThat(text(table.text(entry))).isEqualTo(text);
        assertThat(table.type(entry)).isEqualTo(FamilyType.SUMMARY);
        assertThat(table.see(entry)).isEqualTo(seen.put(text, entry) != null);
      }
      int[] moved = table.endScrape(good);
      if (good) {
        model.keySet().retainAll(seen.keySet());
      }
      for (Map.Entry<String, Integer> entry : seen.entrySet()) {
        int now = moved == null ? entry.getValue() : moved[entry.getValue()];
        assertThat(text(table.text(now))).isEqualTo(entry.getKey());
      }
      assertThat(table.size()).isEqualTo(model.size());
    }
  }

  private int find(String text) {
    byte[] expected = table.expected();
    return expected != null && text(expected).equals(text)
        ? table.takeExpected()
        : table.find(bytes("<" + text + ">"), 1, text.length() + 1);
  }

  private static List<String> body(Random random) {
    List<String> body = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      if (random.nextInt(5) > 0) {
        body.add("metric_%d{label=\"%d\"}".formatted(i, random.nextInt(20) == 0 ? 1 : 0));
      }
    }
    return body;
  }

  private void scrape(String... texts) {
    table.beginScrape();
    for (String text : texts) {
      table.see(table.add(bytes(text), 0, text.length(), FamilyType.UNTYPED));
    }
    table.endScrape(true);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
