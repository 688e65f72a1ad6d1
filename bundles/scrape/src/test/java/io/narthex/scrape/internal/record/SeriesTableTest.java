package io.narthex.scrape.internal.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.scrape.internal.text.FamilyType;
import io.narthex.scrape.internal.text.LineHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesTableTest {
  private final SeriesTable table = new SeriesTable();
  private int lookUps;

  @Test
  void expectsTheOrderOfTheScrapeBefore() {
    scrape("a", "b", "c");
    scrape("a", "b", "c");

    assertThat(lookUps).isZero();
  }

  @Test
  void catchesUpBehindWhatHasGone() {
    scrape("a", "b", "c", "d");
    scrape("a", "c", "d");
    assertThat(lookUps).as("only c is looked up").isEqualTo(1);

    scrape("a", "c", "d");
    assertThat(lookUps).isZero();
  }

  @Test
  void anInsertedTextChangesNothingForTheNext() {
    scrape("a", "b");
    scrape("a", "new", "b");
    assertThat(lookUps).as("only the new one is looked up").isEqualTo(1);

    scrape("a", "new", "b");
    assertThat(lookUps).isZero();
  }

  @Test
  void aTextThatComesTwiceChangesNothingForTheNext() {
    scrape("a", "b", "c");
    scrape("a", "b", "a", "c");
    scrape("a", "b", "a", "c");
    assertThat(lookUps).as("only the second a is looked up").isEqualTo(1);
  }

  @Test
  void anotherOrderIsLearnt() {
    scrape("a", "b", "c", "d");
    scrape("d", "b", "a", "c");
    scrape("d", "b", "a", "c");
    assertThat(lookUps).isZero();
  }

  @Test
  void theOrderHoldsWhenEntriesGetNewNumbers() {
    List<String> first = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      first.add("text" + i);
    }
    scrape(first.toArray(String[]::new));
    Collections.shuffle(first, new Random(1));
    String[] kept = first.subList(0, 50).toArray(String[]::new);
    scrape(kept);
    assertThat(table.size()).as("so many have gone that the table is cleaned").isEqualTo(50);

    scrape(kept);
    assertThat(lookUps).isZero();
  }

  @Test
  void aDroppedSeriesStaysDroppedInAnotherStorage() {
    table.beginScrape();
    int dropped = come("dropped");
    int kept = come("kept");
    table.slot(dropped, SeriesTable.DROPPED);
    table.slot(kept, 7);
    table.endScrape(true);

    table.forgetSlots();
    table.beginScrape();

    assertThat(table.slot(dropped)).isEqualTo(SeriesTable.DROPPED);
    assertThat(table.slot(kept)).isEqualTo(SeriesTable.NONE);
    assertThat(table.expectedLength()).isEqualTo("dropped".length());
    table.takeExpected();
    assertThat(table.expectedLength()).as("its labels are needed").isEqualTo(SeriesTable.NONE);
  }

  @Test
  void anAbortedScrapeChangesNothingAboutWhatCame() {
    scrape("a", "b");
    table.beginScrape();
    table.accept(come("a"), true);
    table.abortScrape();

    table.beginScrape();
    int a = come("a");
    table.accept(a, true);

    assertThat(table.hasGone()).isTrue();
    assertThat(table.hasGone(a)).isFalse();
    assertThat(table.hasGone(come("b"))).isTrue();
  }

  /** Random scrapes, checked against sets of texts. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void knowsExactlyWhatCame(long seed) {
    Random random = new Random(seed);
    Map<String, Integer> slots = new HashMap<>();
    Set<String> live = new HashSet<>();
    Set<String> before = new HashSet<>();
    for (int round = 0; round < 200; round++) {
      boolean good = random.nextInt(4) > 0;
      Set<String> seen = new HashSet<>();
      Set<String> tracked = new HashSet<>();
      table.beginScrape();
      for (String text : body(random, round / 50)) {
        int entry = come(text);
        assertThat(table.see(entry))
            .as("again")
            .isEqualTo(seen.contains(text) && live.contains(text));
        assertThat(table.type(entry)).isEqualTo(FamilyType.SUMMARY);
        int slot = table.slot(entry);
        if (slot != SeriesTable.NONE) {
          assertThat(slot).isEqualTo(slots.get(text));
        } else {
          slots.put(text, round * 1000 + seen.size());
          table.slot(entry, slots.get(text));
        }
        seen.add(text);
        boolean tracks = random.nextInt(3) > 0;
        if (random.nextInt(10) > 0) {
          assertThat(table.accept(entry, tracks)).as("new").isEqualTo(live.add(text));
          if (tracks) {
            tracked.add(text);
          }
        }
      }
      if (random.nextInt(8) == 0) {
        table.abortScrape();
        continue;
      }
      assertThat(gone()).isEqualTo(minus(before, tracked));
      table.endScrape(good);
      before = tracked;
      if (good) {
        live.retainAll(seen);
      }
    }
  }

  @Test
  void takesLittleMemory() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      texts.add(
          "http_server_requests_seconds_count{method=\"GET\",uri=\"/api/v1/items/%d\",status=\"%d\"}"
              .formatted(i / 5, 200 + i % 5));
    }
    String[] body = texts.toArray(String[]::new);
    scrape(body);
    scrape(body);

    double textBytes = texts.stream().mapToInt(String::length).average().orElseThrow();
    assertThat(textBytes).isBetween(75.0, 95.0);
    assertThat(table.bytes() / 1000.0).as("bytes a series").isLessThan(50);
  }

  private Set<String> gone() {
    Set<String> gone = new HashSet<>();
    SeriesTexts.Cursor texts = table.texts();
    for (int entry = 0; entry < table.size(); entry++) {
      if (table.hasGone(entry)) {
        gone.add(new String(texts.text(entry), StandardCharsets.UTF_8));
      }
    }
    assertThat(table.hasGone()).isEqualTo(!gone.isEmpty());
    return gone;
  }

  private static Set<String> minus(Set<String> all, Set<String> without) {
    Set<String> rest = new HashSet<>(all);
    rest.removeAll(without);
    return rest;
  }

  private static List<String> body(Random random, int phase) {
    List<String> body = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      if (random.nextInt(5) > 0) {
        body.add("metric_%d{label=\"%d\"}".formatted(i + 30 * phase, random.nextInt(20) / 19));
      }
    }
    if (random.nextInt(3) == 0) {
      Collections.shuffle(body, random);
    }
    if (random.nextBoolean()) {
      body.add(random.nextInt(body.size()), body.get(random.nextInt(body.size())));
    }
    return body;
  }

  private void scrape(String... texts) {
    lookUps = 0;
    table.beginScrape();
    for (String text : texts) {
      int entry = come(text);
      table.see(entry);
      if (table.slot(entry) == SeriesTable.NONE) {
        table.slot(entry, 1);
      }
      table.accept(entry, true);
    }
    table.endScrape(true);
  }

  /** The entry of a text, as a recorder finds it. */
  private int come(String text) {
    byte[] bytes = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
    int to = bytes.length - 1;
    if (table.expectedLength() == to - 1 && table.expectedHash() == LineHash.of(bytes, 1, to)) {
      return table.takeExpected();
    }
    lookUps++;
    int found = table.find(bytes, 1, to);
    return found == SeriesTable.NONE ? table.add(bytes, 1, to, FamilyType.SUMMARY) : found;
  }
}
