package io.narthex.storage.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.Labels;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Appender;
import io.narthex.storage.internal.head.Head;
import io.narthex.tck.log.InMemoryLogStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** All series of the head one after the other, some at a time. */
class SeriesVisitTest {
  private final TestClock clock = new TestClock();
  private final Storages storages = Storages.start(new InMemoryLogStore(), clock);

  private record Place(int panel, int slot, boolean isLoose) {}

  private static Map<String, Place> visited(Head head, int most) {
    Map<String, Place> found = new TreeMap<>();
    List<Integer> ids = new ArrayList<>();
    int next = 0;
    while (next >= 0) {
      int before = ids.size();
      next =
          head.forEachSeries(
              next,
              most,
              (series, labels, panel, slot, loose) -> {
                ids.add(series);
                found.put(labels.get("n"), new Place(panel, slot, loose != null));
              });
      assertThat(ids.size() - before).isLessThanOrEqualTo(most);
    }
    assertThat(ids).isSorted().doesNotHaveDuplicates();
    return found;
  }

  private void append(Appender appender, String name) {
    appender.append(appender.slot(Labels.of("n", name)), clock.wallMillis(), 1);
  }

  @Test
  void givesEachSeriesThatIsThereWithItsPlace() {
    Head head = storages.head();
    assertThat(head.forEachSeries(0, 10, (series, labels, panel, slot, loose) -> {})).isEqualTo(-1);
    try (Appender appender = storages.storage().appender(new AppendSource("a", "b"))) {
      append(appender, "old");
      appender.commit();
      clock.advance(3_600_000);
      for (int i = 0; i < 700; i++) {
        append(appender, "s" + i);
      }
      appender.commit();
      clock.advance(1000);
      append(appender, "s3");
      appender.commit();
      append(appender, "alone");
      appender.commit();
      head.dropBefore(clock.wallMillis() - 1000);
    }
    for (int most : new int[] {1, 7, 1000}) {
      Map<String, Place> found = visited(head, most);
      assertThat(found).hasSize(701).doesNotContainKey("old");
      assertThat(found.get("s0")).isEqualTo(new Place(0, 0, false));
      assertThat(found.get("s3")).isEqualTo(new Place(0, 3, true));
      assertThat(found.get("s512")).isEqualTo(new Place(1, 0, false));
      assertThat(found.get("alone")).isEqualTo(new Place(-1, 0, true));
    }
    storages.storage().stop(Duration.ZERO);
    assertThat(visited(head, 10)).as("after its end").isEmpty();
  }
}
