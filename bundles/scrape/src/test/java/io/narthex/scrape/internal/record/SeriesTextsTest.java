package io.narthex.scrape.internal.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesTextsTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void givesBackWhatWasAdded(long seed) {
    Random random = new Random(seed);
    SeriesTexts texts = new SeriesTexts();
    List<String> added = new ArrayList<>();
    String before = "";
    for (int i = 0; i < 300; i++) {
      String shared = before.substring(0, random.nextInt(before.length() + 1));
      String text = shared + "x".repeat(random.nextInt(5) == 0 ? 20_000 : random.nextInt(200)) + i;
      byte[] bytes = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
      texts.add(bytes, 1, bytes.length - 1);
      added.add(text);
      before = text.length() > 30_000 ? "" : text;
      if (random.nextInt(10) == 0) {
        texts.trim();
      }
    }

    SeriesTexts.Cursor cursor = texts.cursor();
    for (int i = 0; i < added.size(); i += 1 + random.nextInt(3)) {
      assertThat(new String(cursor.text(i), StandardCharsets.UTF_8)).isEqualTo(added.get(i));
    }
  }

  @Test
  void whatTextsShareIsStoredOnce() {
    SeriesTexts texts = new SeriesTexts();
    byte[] text = ("a".repeat(99) + "1").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 100; i++) {
      text[99] = (byte) i;
      texts.add(text, 0, text.length);
    }
    texts.trim();

    assertThat(texts.bytes()).as("the first, the last, and 3 bytes each").isLessThan(200 + 300);
  }
}
