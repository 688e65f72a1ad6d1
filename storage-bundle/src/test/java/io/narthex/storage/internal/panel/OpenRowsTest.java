package io.narthex.storage.internal.panel;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.storage.internal.memory.Memory;
import io.narthex.storage.internal.memory.MemoryKind;
import io.narthex.storage.internal.memory.PagePool;
import io.narthex.storage.internal.memory.Reclaimer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenRowsTest {
  private final PagePool pool = new PagePool(MemoryKind.SCRATCH);
  private long oldestReader = Long.MAX_VALUE;
  private final Reclaimer reclaimer = new Reclaimer(() -> 1, () -> oldestReader);
  private final OpenRows rows = new OpenRows(pool, reclaimer);

  private record Row(long time, long commit, String hex) {}

  @AfterEach
  void close() {
    pool.close();
  }

  private static List<Row> read(OpenRows.View view) {
    List<Row> seen = new ArrayList<>();
    OpenRows.Walk walk = view.walk();
    while (walk.next()) {
      byte[] bytes = new byte[walk.length()];
      Memory.copy(walk.address(), bytes, 0, walk.length());
      seen.add(new Row(walk.time(), walk.commit(), HexFormat.of().formatHex(bytes)));
    }
    assertThat(walk.next()).isFalse();
    return seen;
  }

  private Row add(long time, long commit, byte[] bytes) {
    long at = rows.add(time, commit, bytes, 0, bytes.length);
    byte[] there = new byte[bytes.length];
    Memory.copy(at, there, 0, bytes.length);
    assertThat(there).isEqualTo(bytes);
    return new Row(time, commit, HexFormat.of().formatHex(bytes));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void viewsStayAsTheyWere(int seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      List<Row> expected = new ArrayList<>();
      List<OpenRows.View> views = new ArrayList<>();
      oldestReader = 0;
      int n = random.nextInt(130);
      for (int i = 0; i < n; i++) {
        byte[] bytes = new byte[random.nextInt(random.nextInt(20) == 0 ? 9000 : 100)];
        random.nextBytes(bytes);
        if (random.nextInt(5) == 0) {
          long before = rows.lastTime();
          add(-1, -1, bytes);
          rows.removeLast(bytes.length, before);
        }
        views.add(rows.view());
        expected.add(add(random.nextLong(), random.nextLong(), bytes));
        assertThat(rows.rows()).isEqualTo(i + 1);
        assertThat(rows.firstTime()).isEqualTo(expected.getFirst().time());
        assertThat(rows.lastTime()).isEqualTo(expected.getLast().time());
        assertThat(rows.memoryBytes()).isEqualTo(pool.usedBytes());
      }
      views.add(rows.view());
      rows.clear();
      assertThat(rows.rows()).isZero();
      assertThat(read(rows.view())).isEmpty();
      assertThat(pool.usedBytes()).isZero();
      add(1, 1, new byte[500]);
      for (int i = 0; i <= n; i++) {
        assertThat(views.get(i).rows()).isEqualTo(i);
        assertThat(read(views.get(i))).isEqualTo(expected.subList(0, i));
      }
      rows.clear();
      oldestReader = Long.MAX_VALUE;
      reclaimer.reclaim();
    }
    assertThat(pool.allocatedBytes()).isLessThan(2_000_000);
  }

  @Test
  void viewSaysFromWhenToWhenItIs() {
    assertThat(rows.view()).isSameAs(OpenRows.NONE);
    add(5, 1, new byte[3]);
    add(9, 1, new byte[0]);
    OpenRows.View view = rows.view();
    add(11, 1, new byte[3]);

    assertThat(view.firstTime()).isEqualTo(5);
    assertThat(view.lastTime()).isEqualTo(9);
    assertThat(view.rows()).isEqualTo(2);
  }

  @Test
  void rowsTakeLittleMoreThanTheirBytes() {
    long sum = 0;
    for (int i = 0; i < 60; i++) {
      byte[] bytes = new byte[i == 0 ? 2500 : 250];
      sum += bytes.length + 20;
      add(i, i, bytes);
    }
    assertThat(rows.memoryBytes()).isBetween(sum, sum * 5 / 4);
  }

  private record Run(int slot, int from, int to, long number, int form) {}

  @Test
  void runsAreAsLongAsValuesStay() {
    add(10, 1, bytes("00 00 00")); // slots 0, 1, 2 become 1
    add(20, 1, bytes("")); // nothing changes
    add(30, 2, bytes("00 1b")); // slot 0 becomes 2, slot 2 stale
    add(40, 3, bytes("1c 0d")); // slot 1 absent, slot 2 again, with 0
    add(50, 4, bytes("0e")); // slot 0 becomes 1

    assertThat(runs(Long.MAX_VALUE, 5))
        .containsExactlyInAnyOrder(
            new Run(0, 0, 2, 1, 0),
            new Run(0, 2, 4, 2, 0),
            new Run(0, 4, 5, 1, 0),
            new Run(1, 0, 3, 1, 0),
            new Run(2, 0, 2, 1, 0),
            new Run(2, 2, 3, SlotValue.STALE_BITS, SlotValue.RAW),
            new Run(2, 3, 5, 0, 0));
    assertThat(runs(2, 3))
        .containsExactlyInAnyOrder(
            new Run(0, 0, 2, 1, 0),
            new Run(0, 2, 3, 2, 0),
            new Run(1, 0, 3, 1, 0),
            new Run(2, 0, 2, 1, 0),
            new Run(2, 2, 3, SlotValue.STALE_BITS, SlotValue.RAW));
    assertThat(runs(0, 0)).isEmpty();
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private List<Run> runs(long mark, int expectedRows) {
    List<Run> runs = new ArrayList<>();
    List<Long> times = new ArrayList<>();
    int n =
        new RowRuns()
            .walk(
                rows.view(),
                mark,
                new RowRuns.Sink() {
                  @Override
                  public void row(int row, long time, long commit) {
                    assertThat(row).isEqualTo(times.size());
                    times.add(time);
                  }

                  @Override
                  public void run(int slot, int fromRow, int toRow, long number, int form) {
                    runs.add(new Run(slot, fromRow, toRow, number, form));
                  }
                });
    assertThat(n).isEqualTo(expectedRows);
    assertThat(times).isEqualTo(Arrays.asList(10L, 20L, 30L, 40L, 50L).subList(0, expectedRows));
    return runs;
  }
}
