package io.narthex.storage.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Appender;
import io.narthex.api.time.Clock;
import io.narthex.storage.internal.append.IngestLimits;
import io.narthex.tck.log.InMemoryLogStore;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HeadWatchTest {
  private long millis = 1000;
  private final Storages storages =
      Storages.start(
          new InMemoryLogStore(), new TestClock(), new IngestLimits(86_400_000, 600_000, 20_000));
  private final Notices notices = new Notices();
  private final HeadWatch watch =
      new HeadWatch(
          storages.room(),
          new Clock() {
            @Override
            public long wallMillis() {
              return 0;
            }

            @Override
            public long monotonicNanos() {
              return millis * 1_000_000;
            }
          },
          notices);
  private final TreeMap<String, String> shown = new TreeMap<>();
  private final ShownNotifications notifications = new ShownNotifications(shown);

  private void refuse() {
    try (Appender appender = storages.storage().appender(new AppendSource("a", "b"))) {
      for (int i = 0; i < 1000; i++) {
        appender.slot(Labels.of("n", "n" + i));
      }
      throw new AssertionError("no series was refused");
    } catch (NarthexException expected) {
      assertThat(expected).hasMessageStartingWith("head size limit exceeded");
    }
  }

  @Test
  void notificationIsShownWhileRefusing() {
    notices.bind(notifications);
    watch.look();
    assertThat(shown).isEmpty();
    refuse();
    watch.look();
    assertThat(shown)
        .containsOnlyKeys(HeadWatch.REFUSING)
        .containsValue(
            "The head refuses new series: series take as much memory as they may, 10000 bytes."
                + " Series that exist go on. See --storage.head.max-bytes.");
    millis += HeadWatch.REFUSING_MILLIS;
    watch.look();
    refuse();
    watch.look();
    millis += HeadWatch.REFUSING_MILLIS;
    watch.look();
    assertThat(shown).as("refused again meanwhile").hasSize(1);
    millis += 1;
    watch.look();
    assertThat(shown).isEmpty();
  }

  @Test
  void notificationOutlivesWhoShowsIt() {
    refuse();
    watch.look();
    notices.bind(notifications);
    assertThat(shown).hasSize(1);
    TreeMap<String, String> other = new TreeMap<>();
    ShownNotifications next = new ShownNotifications(other);
    notices.bind(next);
    notices.unbind(notifications);
    assertThat(other).hasSize(1);
    notices.close();
    assertThat(other).isEmpty();
    notices.unbind(next);
    refuse();
    watch.look();
  }
}
