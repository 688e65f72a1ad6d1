package io.narthex.storage.internal.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.narthex.storage.internal.memory.Block;
import io.narthex.storage.internal.memory.Memory;
import io.narthex.storage.internal.memory.MemoryKind;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedPanelTest {
  private static final List<Shapes.Shape> SHAPES = new ArrayList<>(Shapes.all().values());

  private final PanelMatrix matrix = new PanelMatrix();
  private final PanelSealer sealer = new PanelSealer();
  private final SealedPanel panel = new SealedPanel();
  private final double[] values = new double[PanelMatrix.MAX_ROWS];
  private final long[] present = new long[4];

  @AfterEach
  void close() {
    sealer.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void whatIsSealedComesBack(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 250; round++) {
      int rows = 1 + (round % 5 == 0 ? random.nextInt(255) : random.nextInt(70));
      int slots = 1 + (round % 50 == 0 ? random.nextInt(512) : random.nextInt(40));
      long[][] bits = fill(random, rows, slots);
      checkSealed(bits);
    }
    assertThat(sealer.fallbacks()).isZero();
  }

  @Test
  void theLargestPanelOfTheWorstBitsComesBack() {
    Random random = new Random(7);
    long[][] bits = new long[PanelMatrix.MAX_SLOTS][PanelMatrix.MAX_ROWS];
    matrix.reset(PanelMatrix.MAX_ROWS, PanelMatrix.MAX_SLOTS);
    fillAxes(random, PanelMatrix.MAX_ROWS);
    for (int slot = 0; slot < bits.length; slot++) {
      Shapes.all().get("any bits").fill(random, bits[slot]);
      Shapes.put(matrix, slot, bits[slot]);
    }
    checkSealed(bits);
    assertThat(sealer.length()).isGreaterThan(1_000_000);
  }

  @Test
  void everyEncodingIsChosenBySomeData() {
    Map<String, Integer> chosen = new TreeMap<>();
    Random random = new Random(8);
    for (int round = 0; round < 40; round++) {
      for (Map.Entry<String, Shapes.Shape> shape : Shapes.all().entrySet()) {
        int rows = 20 + random.nextInt(120);
        long[] bits = new long[rows];
        shape.getValue().fill(random, bits);
        matrix.reset(rows, 1);
        fillAxes(random, rows);
        Shapes.put(matrix, 0, bits);
        try (Block block = seal()) {
          panel.reset(block.address(), sealer.length());
          for (String name : names(panel.description(0))) {
            chosen.merge(name, 1, Integer::sum);
          }
        }
      }
    }
    assertThat(chosen.keySet()).isEqualTo(new TreeSet<>(NAMES));
  }

  static final List<String> NAMES =
      List.of(
          "absent",
          "zero",
          "one",
          "whole",
          "constant",
          "few changes",
          "frame 0",
          "frame 1",
          "frame 2",
          "rice",
          "xor",
          "all rows",
          "tail",
          "run",
          "any rows",
          "decimal",
          "binary fraction",
          "raw frame",
          "raw few changes",
          "raw constant",
          "divisor",
          "patches",
          "last places");

  static List<String> names(int description) {
    if (description <= Directory.ONE) {
      return List.of(NAMES.get(description));
    }
    if (description <= Directory.LAST_WHOLE) {
      return List.of("whole");
    }
    List<String> names = new ArrayList<>();
    int header = description >>> 8 & 0xff;
    int scale = description & ColumnHeader.SCALE_MASK;
    int kind = ColumnHeader.kind(header);
    names.add(NAMES.get(4 + kind));
    names.add(NAMES.get(11 + ColumnHeader.presence(header)));
    if (scale == Scale.RAW && kind != XorBits.KIND) {
      names.add(
          "raw " + (kind == Constant.KIND ? "constant" : kind == 1 ? "few changes" : "frame"));
    } else if (scale > Scale.BINARY) {
      names.add("binary fraction");
    } else if (scale > 0 && scale != Scale.RAW) {
      names.add("decimal");
    }
    if ((description & ColumnHeader.DIVIDED) != 0) {
      names.add("divisor");
    }
    if ((header & ColumnHeader.PATCHED) != 0) {
      names.add("patches");
    }
    if ((header & ColumnHeader.LAST_PLACES) != 0) {
      names.add("last places");
    }
    return names;
  }

  @Test
  void aColumnThatDoesNotDecodeIsWrittenAsXorBitsAndCounted() {
    ColumnWriter broken =
        new ColumnWriter() {
          @Override
          int write(PanelMatrix matrix, int slot, ByteSink out) {
            int code = super.write(matrix, slot, out);
            if (slot == 1) {
              out.bytes()[out.length() - 1] ^= 1;
            }
            return code;
          }
        };
    Random random = new Random(9);
    long[][] bits = fill(random, 60, 3);
    Shapes.all().get("noise").fill(random, bits[1]);
    Shapes.put(matrix, 1, bits[1]);
    for (int row = 0; row < 60; row++) {
      assertThat(bits[1][row]).isNotEqualTo(Shapes.NOTHING);
    }
    try (PanelSealer sealing = new PanelSealer(broken)) {
      int length = sealing.seal(matrix);
      assertThat(sealing.fallbacks()).isOne();
      try (Block block = copy(sealing.bytes(), length)) {
        compare(bits, block, length);
        assertThat(names(panel.description(1))).contains("xor");
      }
    }
  }

  @Test
  void rowsThatFallAreRefused() {
    matrix.reset(2, 1);
    matrix.setRow(0, 10, 5);
    matrix.setRow(1, 9, 6);
    assertThatThrownBy(() -> sealer.seal(matrix))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the time falls from 10 to 9 at row 1");
    matrix.setRow(1, 10, 4);
    assertThatThrownBy(() -> sealer.seal(matrix))
        .hasMessage("the sequence number falls from 5 to 4 at row 1");
    assertThatThrownBy(() -> matrix.reset(256, 1))
        .hasMessage("256 rows of 1 slots; 1 to 255 of 1 to 512 are right");
  }

  @Test
  void slotsThatAreNotThereAreRefused() {
    fill(new Random(1), 3, 2);
    try (Block block = seal()) {
      panel.reset(block.address(), sealer.length());
      assertThatThrownBy(() -> panel.column(2, values, present))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessage("slot 2 of 2");
    }
  }

  @Test
  void nothingIsAllocatedOnceWarm() {
    fill(new Random(11), 120, 100);
    try (Block block = new Block(1 << 20, MemoryKind.SCRATCH)) {
      long before = 0;
      for (int round = 0; round < 600; round++) {
        if (round == 590) {
          before = allocated();
        }
        int length = sealer.seal(matrix);
        Memory.copy(sealer.bytes(), 0, block.address(), length);
        panel.reset(block.address(), length);
        for (int slot = 0; slot < 100; slot++) {
          panel.column(slot, values, present);
        }
      }
      assertThat(allocated() - before).isLessThan(10_000);
    }
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  private long[][] fill(Random random, int rows, int slots) {
    matrix.reset(rows, slots);
    fillAxes(random, rows);
    long[][] bits = new long[slots][rows];
    for (int slot = 0; slot < slots; slot++) {
      SHAPES.get(random.nextInt(SHAPES.size())).fill(random, bits[slot]);
      Shapes.put(matrix, slot, bits[slot]);
    }
    return bits;
  }

  private void fillAxes(Random random, int rows) {
    int kind = random.nextInt(4);
    long time = kind == 3 ? Long.MIN_VALUE + random.nextInt(9) : 1_764_000_000_000L;
    long sequence = random.nextInt(1 << 30);
    for (int row = 0; row < rows; row++) {
      matrix.setRow(row, time, sequence);
      time +=
          switch (kind) {
            case 0 -> 15_000;
            case 1 -> 15_000 + random.nextInt(5);
            case 2 -> random.nextInt(3) * 100_000L;
            default -> random.nextLong(1L << 55);
          };
      sequence += kind == 0 ? 3 : random.nextInt(1000);
    }
  }

  private void checkSealed(long[][] bits) {
    try (Block block = seal()) {
      compare(bits, block, sealer.length());
      SealedPanel.check(Arrays.copyOf(sealer.bytes(), sealer.length()));
    }
  }

  private Block seal() {
    int length = sealer.seal(matrix);
    return copy(sealer.bytes(), length);
  }

  private static Block copy(byte[] bytes, int length) {
    Block block = new Block(length, MemoryKind.SCRATCH);
    Memory.copy(bytes, 0, block.address(), length);
    return block;
  }

  private void compare(long[][] bits, Block block, int length) {
    panel.reset(block.address(), length);
    int rows = matrix.rows();
    assertThat(panel.rows()).isEqualTo(rows);
    assertThat(panel.slots()).isEqualTo(bits.length);
    long[] out = new long[rows];
    panel.times(out);
    assertThat(out).isEqualTo(Arrays.copyOf(matrix.times(), rows));
    assertThat(panel.minTime()).isEqualTo(out[0]);
    assertThat(panel.maxTime()).isEqualTo(out[rows - 1]);
    panel.sequences(out);
    assertThat(out).isEqualTo(Arrays.copyOf(matrix.sequences(), rows));
    assertThat(panel.minSequence()).isEqualTo(out[0]);
    assertThat(panel.maxSequence()).isEqualTo(out[rows - 1]);
    for (int slot = bits.length - 1; slot >= 0; slot--) {
      compareColumn(bits[slot], slot);
    }
  }

  private void compareColumn(long[] bits, int slot) {
    Arrays.fill(values, 12345);
    Arrays.fill(present, -1);
    int count = panel.column(slot, values, present);
    long[] back = new long[bits.length];
    for (int row = 0; row < bits.length; row++) {
      boolean has = (present[row >>> 6] >>> row & 1) != 0;
      back[row] = has ? Double.doubleToRawLongBits(values[row]) : Shapes.NOTHING;
    }
    assertThat(back).isEqualTo(bits);
    long expected = Arrays.stream(bits).filter(b -> b != Shapes.NOTHING).count();
    assertThat(count).isEqualTo(expected);
    assertThat(panel.isAbsent(slot)).isEqualTo(expected == 0);
    boolean isConstant = expected > 0 && Arrays.stream(bits).allMatch(b -> b == bits[0]);
    assertThat(panel.isConstant(slot)).isEqualTo(isConstant);
    if (isConstant) {
      assertThat(Double.doubleToRawLongBits(panel.constant(slot))).isEqualTo(bits[0]);
    }
  }
}
