package io.narthex.storage.internal.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.model.StaleMarker;
import io.narthex.api.storage.AppendOutcome;
import io.narthex.storage.internal.column.SealedPanel;
import io.narthex.storage.internal.memory.Memory;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PanelTest {
  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static int link(Panel panel, long time, boolean base, String hex) {
    byte[] bytes = hex(hex);
    return panel.link(time, time, base, bytes, 0, bytes.length);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void readersSeeTheirCommitWhateverComesAfter(int seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 10; round++) {
      try (PanelModel model = new PanelModel(random, 1 + random.nextInt(round == 0 ? 400 : 30))) {
        List<PanelModel.Reader> readers = new ArrayList<>();
        long time = random.nextLong() >> random.nextInt(64) >> 2;
        int rows = 50 + random.nextInt(300);
        for (int row = 0; row < rows; row++) {
          time += 1 + random.nextInt(20_000);
          model.link(time, model.panel.nextRow() >= 60 || random.nextInt(40) == 0);
          if (random.nextInt(4) > 0) {
            model.complete();
          }
          if (random.nextInt(20) == 0) {
            readers.add(model.open());
          }
          if (!readers.isEmpty() && random.nextInt(25) == 0) {
            PanelModel.Reader reader = readers.remove(random.nextInt(readers.size()));
            model.verify(reader);
            model.close(reader);
          }
          assertTimes(model, random);
        }
        model.complete();
        readers.add(model.open());
        readers.forEach(model::verify);
        readers.forEach(model::close);
        assertThat(model.reclaimer.waiting()).isZero();
        model.panel.close();
        assertThat(model.pages.usedBytes()).isZero();
      }
    }
  }

  private static void assertTimes(PanelModel model, Random random) {
    int slot = random.nextInt(model.slots.size());
    TreeMap<Long, PanelModel.Sample> samples = model.slots.get(slot);
    Panel panel = model.panel;
    if (samples.isEmpty()) {
      assertThat(panel.lastTime(slot)).isEqualTo(Long.MIN_VALUE);
      assertThat(panel.check(slot, Long.MIN_VALUE + 1, 7)).isEqualTo(AppendOutcome.ACCEPTED);
      return;
    }
    long last = samples.lastKey();
    assertThat(panel.lastTime(slot)).isEqualTo(last);
    assertThat(panel.firstTime(slot)).isEqualTo(samples.firstKey());
    long bits = samples.get(last).bits();
    assertThat(panel.check(slot, last + 1, bits)).isEqualTo(AppendOutcome.ACCEPTED);
    assertThat(panel.check(slot, last - 1, bits)).isEqualTo(AppendOutcome.OUT_OF_ORDER);
    assertThat(panel.check(slot, last, bits)).isEqualTo(AppendOutcome.ALREADY_THERE);
    if (last == panel.lastTime()) {
      assertThat(panel.check(slot, last, bits ^ 1)).isEqualTo(AppendOutcome.DUPLICATE_TIMESTAMP);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void rowsThatAreSealedBeforeTimeGoOn(int seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      try (PanelModel model = new PanelModel(random, 1 + random.nextInt(30))) {
        for (int row = 0; row < 100; row++) {
          model.link(row * 1000, model.panel.nextRow() >= 60);
          model.complete();
          if (random.nextInt(8) == 0) {
            model.panel.seal();
          }
        }
        model.verify(model.open());
      }
    }
  }

  @Test
  void staleMarkerOfTheFirstRowAfterSealingStays() {
    try (PanelModel model = new PanelModel(new Random(1), 1)) {
      Panel panel = model.panel;
      panel.occupy(0);
      panel.occupy(1);
      link(panel, 1, true, "00 00");
      panel.seal();
      assertThat(link(panel, 2, false, "0b")).isEqualTo(2);

      OpenColumns open = new OpenColumns();
      open.want(0);
      open.want(1);
      open.decode(panel.view(2, 2), Long.MAX_VALUE);
      assertThat(open.rows()).isEqualTo(1);
      assertThat(open.has(1, 0)).isTrue();
      assertThat(open.has(0, 0)).isTrue();
      assertThat(StaleMarker.is(open.value(0, 0))).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void droppedSlabsAreForgottenAndFreedAfterTheirReaders(int seed) {
    Random random = new Random(seed);
    try (PanelModel model = new PanelModel(random, 300)) {
      List<PanelModel.Reader> readers = new ArrayList<>();
      int drops = 0;
      for (int row = 0; row < 900; row++) {
        long time = row * 15_000L;
        model.link(time, model.panel.nextRow() >= 60);
        model.complete();
        if (random.nextInt(60) == 0) {
          readers.add(model.open());
        }
        if (row > 100 && random.nextInt(60) == 0) {
          long before = time - random.nextInt(100 * 15_000);
          long allocated = model.sealed.allocatedBytes();
          long freed = model.sealed.dropBefore(before);
          assertThat(model.sealed.allocatedBytes()).isEqualTo(allocated - freed);
          model.panel.forgetSealed();
          long firstBefore = model.firstKept();
          model.dropped();
          assertThat(model.firstKept()).isLessThanOrEqualTo(Math.max(before, firstBefore));
          drops += freed > 0 ? 1 : 0;
          assertFirstTimes(model);
        }
        if (!readers.isEmpty() && random.nextInt(100) == 0) {
          readers.forEach(model::verify);
          model.close(readers.remove(random.nextInt(readers.size())));
        }
      }
      readers.add(model.open());
      readers.forEach(model::verify);
      assertThat(drops).isGreaterThan(2);
      PanelModel.Reader oldest = readers.getFirst();
      model.sealed.dropAll();
      model.panel.forgetSealed();
      readers.forEach(model::verify);
      readers.forEach(model::close);
      assertThat(model.reclaimer.waiting()).isZero();
      assertThat(model.sealed.usedBytes()).isZero();
      assertThat(model.sealed.columns()).isZero();
      assertThat(oldest.view().sealed()).isNotEmpty();
      assertThatThrownBy(() -> Memory.getByte(oldest.view().sealed()[0]))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  /** No later than the oldest sample that is left; later than the last if none is. */
  private static void assertFirstTimes(PanelModel model) {
    for (int slot = 0; slot < model.slots.size(); slot++) {
      Long oldest = model.slots.get(slot).ceilingKey(model.firstKept());
      if (oldest == null) {
        assertThat(model.panel.firstTime(slot)).isGreaterThan(model.panel.lastTime(slot));
      } else {
        assertThat(model.panel.firstTime(slot)).isBetween(model.firstKept(), oldest);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void newestRowIsKeptAlone(int seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      try (PanelModel model = new PanelModel(random, 1 + random.nextInt(30))) {
        int rows = 1 + random.nextInt(100);
        for (int row = 0; row < rows; row++) {
          model.link(row * 1000, model.panel.nextRow() >= 60);
          model.complete();
        }
        PanelModel.Reader before = model.open();
        model.sealed.dropAll();
        model.panel.keepNewest();
        model.panel.forgetSealed();
        model.dropped();
        assertThat(model.firstKept()).isEqualTo((rows - 1) * 1000);
        model.verify(model.open());
        assertFirstTimes(model);
        for (int row = rows; row < rows + 70; row++) {
          model.link(row * 1000, model.panel.nextRow() >= 60);
          model.complete();
        }
        model.verify(model.open());
        model.verify(before);
      }
    }
  }

  @Test
  void viewHasOnlyWhatIsInRange() {
    try (PanelModel model = new PanelModel(new Random(1), 5)) {
      for (int row = 0; row < 35; row++) {
        model.link(row * 10, row % 10 == 0);
        model.complete();
      }
      Map<String, String> views = new TreeMap<>();
      for (long[] range :
          new long[][] {
            {Long.MIN_VALUE, -1},
            {0, 0},
            {90, 100},
            {91, 99},
            {100, 299},
            {290, 300},
            {300, 340},
            {340, 400},
            {341, 400},
            {0, 340}
          }) {
        Panel.View view = model.panel.view(range[0], range[1]);
        SealedPanel part = new SealedPanel();
        StringBuilder seen = new StringBuilder();
        for (int i = 0; i < view.sealed().length; i++) {
          part.reset(view.sealed()[i], view.lengths()[i]);
          seen.append(part.minTime()).append('-').append(part.maxTime()).append(' ');
        }
        seen.append(view.open().rows());
        views.put(range[0] + " to " + range[1], seen.toString());
      }
      assertThat(views)
          .isEqualTo(
              new TreeMap<>(
                  Map.of(
                      Long.MIN_VALUE + " to -1",
                      "0",
                      "0 to 0",
                      "0-90 0",
                      "90 to 100",
                      "0-90 100-190 0",
                      "91 to 99",
                      "0",
                      "100 to 299",
                      "100-190 200-290 0",
                      "290 to 300",
                      "200-290 5",
                      "300 to 340",
                      "5",
                      "340 to 400",
                      "5",
                      "341 to 400",
                      "0",
                      "0 to 340",
                      "0-90 100-190 200-290 5")));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2, false, '', the first row is no base row",
    "2, true, 20, slot 2 of 2",
    "2, true, 0f, the unknown code 15",
    "2, true, f0, the row ends within a change"
  })
  void firstRowThatIsBadIsRefused(long time, boolean base, String row, String message) {
    try (PanelModel model = new PanelModel(new Random(1), 1)) {
      model.panel.occupy(0);
      model.panel.occupy(1);
      assertThatThrownBy(() -> link(model.panel, time, base, row))
          .isInstanceOf(BadRowException.class)
          .hasMessage(message);

      assertThat(model.panel.nextRow()).isZero();
      assertThat(model.panel.lastTime()).isEqualTo(Long.MIN_VALUE);
      assertThat(model.panel.view(Long.MIN_VALUE, Long.MAX_VALUE).open().rows()).isZero();
      assertThat(link(model.panel, time, true, "00 00")).isEqualTo(2);
    }
  }

  @Test
  void rowThatIsNotNewerIsRefused() {
    try (PanelModel model = new PanelModel(new Random(1), 1)) {
      model.panel.occupy(0);
      link(model.panel, 5, true, "00");
      for (boolean base : new boolean[] {true, false}) {
        assertThatThrownBy(() -> link(model.panel, 5, base, "00"))
            .isInstanceOf(BadRowException.class)
            .hasMessage("a row at 5 after one at 5");
      }
    }
  }

  @Test
  void rowsWithoutEndAreRefused() {
    try (PanelModel model = new PanelModel(new Random(1), 1)) {
      model.panel.occupy(0);
      link(model.panel, 0, true, "00");
      assertThatThrownBy(
              () -> {
                for (int row = 1; row < 300; row++) {
                  link(model.panel, row, false, "00");
                }
              })
          .isInstanceOf(BadRowException.class)
          .hasMessage("more than 255 rows after a base row");
      assertThat(link(model.panel, 1000, true, "00")).isEqualTo(1);
    }
  }

  @Test
  void rowThatIsLargerThanAnyIsRefused() {
    try (PanelModel model = new PanelModel(new Random(1), 1)) {
      model.panel.occupy(0);
      assertThatThrownBy(() -> model.panel.link(1, 1, true, new byte[70_000], 0, 70_000))
          .isInstanceOf(BadRowException.class)
          .hasMessage("a row of 70000 bytes");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void damagedRowIsLinkedOrLeavesThePanelAsItWas(int seed) {
    Random random = new Random(seed);
    int refused = 0;
    for (int round = 0; round < 60; round++) {
      try (PanelModel model = new PanelModel(random, 1 + random.nextInt(30))) {
        long time = 0;
        for (int row = 0; row < 40; row++) {
          model.link(time += 10, model.panel.nextRow() >= 25);
          model.complete();
          byte[] bad = RowsTest.damaged(model.nextRow(false), random);
          long at = time + 1;
          long commit = model.commit() + 1;
          try {
            model.panel.link(at, commit, false, bad, 0, bad.length);
            // It is a row, of other values: what there was before is as it was.
            break;
          } catch (BadRowException expected) {
            refused++;
            assertThat(model.panel.lastTime()).isEqualTo(time);
          }
        }
        model.verify(model.open());
        model.panel.seal();
        model.verify(model.open());
      }
    }
    assertThat(refused).isGreaterThan(50);
  }

  @Test
  void segmentsKnowSlotsOfTheirOwn() {
    try (PanelModel model = new PanelModel(new Random(1), 1)) {
      Panel panel = model.panel;
      assertThat(panel.isIn(3)).isFalse();
      panel.bindIn(3, 0);
      panel.bindIn(3, 511);
      assertThat(panel.isIn(3)).isTrue();
      assertThat(panel.isBound(3, 0)).isTrue();
      assertThat(panel.isBound(3, 511)).isTrue();
      assertThat(panel.isBound(3, 1)).isFalse();
      assertThat(panel.isBound(4, 0)).isFalse();

      panel.bindIn(4, 1);
      assertThat(panel.isIn(3)).isFalse();
      assertThat(panel.isBound(4, 1)).isTrue();
      assertThat(panel.isBound(4, 0)).isFalse();
    }
  }

  @Test
  void slotsAreCountedAsTheyAreTakenAndLeft() {
    try (PanelModel model = new PanelModel(new Random(1), 1)) {
      model.panel.occupy(0);
      model.panel.occupy(4);
      assertThat(model.panel.slots()).isEqualTo(5);
      assertThat(model.panel.vacate()).isEqualTo(1);
      assertThat(model.panel.vacate()).isZero();
      assertThat(model.panel.slots()).isEqualTo(5);
    }
  }

  @Test
  void slotThatBeginsWithStaleMarkerBeginsThere() {
    try (PanelModel model = new PanelModel(new Random(1), 1)) {
      Panel panel = model.panel;
      panel.occupy(0);
      panel.occupy(1);
      link(panel, 1, true, "00");
      link(panel, 2, false, "1b");

      assertThat(panel.firstTime(1)).isEqualTo(2);
      assertThat(panel.lastTime(1)).isEqualTo(2);
      assertThat(panel.check(1, 2, StaleMarker.BITS)).isEqualTo(AppendOutcome.ALREADY_THERE);
      assertThat(panel.check(1, 2, 0)).isEqualTo(AppendOutcome.DUPLICATE_TIMESTAMP);
    }
  }

  @Test
  void intervalIsThatOfTheLastTwoRows() {
    try (PanelModel model = new PanelModel(new Random(1), 1)) {
      Panel panel = model.panel;
      panel.occupy(0);
      assertThat(panel.interval()).isEqualTo(Long.MAX_VALUE);
      link(panel, 10, true, "00");
      assertThat(panel.interval()).isEqualTo(Long.MAX_VALUE);
      link(panel, 25, false, "00");
      assertThat(panel.interval()).isEqualTo(15);
      link(panel, 30, true, "00");
      assertThat(panel.interval()).isEqualTo(5);
      assertThat(panel.nextRow()).isEqualTo(1);
    }
  }
}
