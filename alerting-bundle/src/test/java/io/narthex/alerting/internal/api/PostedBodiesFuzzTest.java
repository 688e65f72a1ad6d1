package io.narthex.alerting.internal.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whatever is posted, it is taken or answered with a status of its own. */
class PostedBodiesFuzzTest {
  private static final String ALERTS =
      """
      [{"labels":{"alertname":"A","b":"\\u00e9"},"annotations":{"x":"y"},"endsAt":"2099-01-01T00:00:00Z",
        "startsAt":"2020-01-01T00:00:00.5+01:00","generatorURL":"http://a/b?c=d","more":[1,{"a":null}]}]
      """;
  private static final String SILENCE =
      """
      {"id":"","matchers":[{"name":"a","value":"b.*","isRegex":true,"isEqual":false}],
       "startsAt":"2020-01-01T00:00:00Z","endsAt":"2099-01-01T00:00:00Z",
       "createdBy":"me","comment":"c","annotations":{"a":"b"}}
      """;
  private static final List<String> PIECES =
      List.of("null", "[", "]", "{", "}", "\"", ",", ":", "1", "true", "\\", "é", "\u0000", "{}");

  @Test
  void alerts() {
    fuzz(ALERTS, PostedAlerts::read);
  }

  @Test
  void silences() {
    fuzz(SILENCE, PostedSilence::read);
  }

  private static void fuzz(String good, Consumer<byte[]> reader) {
    reader.accept(good.getBytes(StandardCharsets.UTF_8));
    Random random = new Random(11);
    int refused = 0;
    for (int i = 0; i < 30_000; i++) {
      StringBuilder text = new StringBuilder(good);
      for (int n = random.nextInt(3); n >= 0; n--) {
        int from = random.nextInt(text.length());
        int to = Math.min(text.length(), from + random.nextInt(8));
        text.replace(from, to, PIECES.get(random.nextInt(PIECES.size())));
      }
      try {
        reader.accept(text.toString().getBytes(StandardCharsets.UTF_8));
      } catch (RequestException e) {
        refused++;
        assertThat(e.answer().status()).as(text.toString()).isIn(400, 422);
      } catch (RuntimeException e) {
        throw new AssertionError(text.toString(), e);
      }
    }
    assertThat(refused).isBetween(10_000, 29_900);
  }
}
