package io.narthex.storage.internal.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.storage.internal.memory.Block;
import io.narthex.storage.internal.memory.Memory;
import io.narthex.storage.internal.memory.MemoryKind;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes that no sealer wrote: an exception that says so, or values; never anything else. */
class DamagedPanelTest {
  private final SealedPanel panel = new SealedPanel();
  private final double[] values = new double[PanelMatrix.MAX_ROWS];
  private final long[] present = new long[4];
  private final Block block = new Block(1 << 17, MemoryKind.SCRATCH);
  private int refused;

  @AfterEach
  void close() {
    block.close();
  }

  @Test
  void everyBitThatFlipsIsRefusedOrRead() {
    Random random = new Random(1);
    for (int round = 0; round < 8; round++) {
      byte[] bytes = sealed(random, 1 + random.nextInt(100), 1 + random.nextInt(20));
      for (int bit = 0; bit < 8 * Math.min(400, bytes.length); bit++) {
        bytes[bit >>> 3] ^= (byte) (1 << (bit & 7));
        read(bytes);
        bytes[bit >>> 3] ^= (byte) (1 << (bit & 7));
      }
    }
    assertThat(refused).isGreaterThan(1000);
  }

  @Test
  void aPanelThatIsCutOffIsRefused() {
    Random random = new Random(2);
    for (int round = 0; round < 8; round++) {
      byte[] bytes = sealed(random, 1 + random.nextInt(100), 1 + random.nextInt(40));
      for (int length = 0; length < bytes.length; length++) {
        byte[] cut = Arrays.copyOf(bytes, length);
        assertThatThrownBy(() -> SealedPanel.check(cut)).isInstanceOf(BadPanelException.class);
        read(cut);
      }
      byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
      assertThatThrownBy(() -> SealedPanel.check(longer)).isInstanceOf(BadPanelException.class);
    }
  }

  @Test
  void bytesThatAreOverwrittenAreRefusedOrRead() {
    Random random = new Random(3);
    for (int round = 0; round < 250; round++) {
      byte[] bytes = sealed(random, 1 + random.nextInt(255), 1 + random.nextInt(30));
      for (int time = 0; time < 30; time++) {
        byte[] damaged = bytes.clone();
        for (int n = random.nextInt(6); n >= 0; n--) {
          damaged[random.nextInt(bytes.length)] =
              (byte) (random.nextBoolean() ? random.nextInt() : random.nextInt(2) - 1);
        }
        read(damaged);
      }
    }
  }

  @Test
  void anyBytesAreRefusedOrRead() {
    Random random = new Random(4);
    for (int round = 0; round < 8_000; round++) {
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      if (bytes.length > 20) {
        bytes[0] = 1;
        bytes[1] &= 7;
        bytes[3] &= 0x1f;
        bytes[4] = 0;
        bytes[13] &= 0x7f;
        bytes[14] &= 0x7f;
        bytes[15] &= 0x7f;
      }
      read(bytes);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
           0 |  2 | a sealed panel of version 2, not 1
           1 |  8 | a sealed panel with the flags 0x8
           2 |  0 | a sealed panel of 0 rows and 1 slots
           4 |  3 | a sealed panel of 2 rows and 769 slots
          16 |  9 | a slot of the code 9
          16 | 17 | the column of slot 0 ends after the panel
          20 |  1 | a sealed panel that does not end with zeros
          """)
  void saysWhatIsWrong(int at, int value, String message) {
    PanelMatrix matrix = new PanelMatrix();
    matrix.reset(2, 1);
    matrix.setRow(0, 100, 1);
    matrix.setRow(1, 110, 2);
    byte[] bytes;
    try (PanelSealer sealer = new PanelSealer()) {
      int length = sealer.seal(matrix);
      bytes = Arrays.copyOf(sealer.bytes(), length);
    }
    SealedPanel.check(bytes);
    bytes[at] = (byte) value;
    assertThatThrownBy(() -> SealedPanel.check(bytes))
        .isInstanceOf(BadPanelException.class)
        .hasMessage(message);
  }

  @Test
  void aColumnThatIsNotWhereItsBaseSaysIsRefused() {
    byte[] bytes = sealed(new Random(5), 30, 17);
    SealedPanel panelOfBytes = new SealedPanel();
    try (Block copy = new Block(bytes.length, MemoryKind.SCRATCH)) {
      Memory.copy(bytes, 0, copy.address(), bytes.length);
      panelOfBytes.reset(copy.address(), bytes.length);
      panelOfBytes.check();
      long base = copy.address() + panelOfBytes.headerLength() - 2;
      Memory.putShort(base, Memory.getUnsignedShort(base) - 1);
      assertThatThrownBy(panelOfBytes::check)
          .isInstanceOf(BadPanelException.class)
          .hasMessage("slot 16 begins at a wrong base");
    }
  }

  private static byte[] sealed(Random random, int rows, int slots) {
    PanelMatrix matrix = new PanelMatrix();
    matrix.reset(rows, slots);
    List<Shapes.Shape> shapes = List.copyOf(Shapes.all().values());
    boolean regular = random.nextBoolean();
    for (int row = 0; row < rows; row++) {
      matrix.setRow(row, row * 1000L + (regular ? 0 : random.nextInt(9)), row * 4L);
    }
    long[] bits = new long[rows];
    for (int slot = 0; slot < slots; slot++) {
      shapes.get(random.nextInt(shapes.size())).fill(random, bits);
      Shapes.put(matrix, slot, bits);
    }
    try (PanelSealer sealer = new PanelSealer()) {
      int length = sealer.seal(matrix);
      return Arrays.copyOf(sealer.bytes(), length);
    }
  }

  /** Reads all; the memory is checked and ends where the panel ends. */
  private void read(byte[] bytes) {
    long address = block.address() + block.size() - bytes.length;
    Memory.copy(bytes, 0, address, bytes.length);
    try {
      panel.reset(address, bytes.length);
    } catch (BadPanelException expected) {
      refused++;
      return;
    }
    attempt(() -> panel.times(new long[PanelMatrix.MAX_ROWS]));
    attempt(() -> panel.sequences(new long[PanelMatrix.MAX_ROWS]));
    attempt(panel::check);
    for (int slot = 0; slot < panel.slots(); slot++) {
      int at = slot;
      attempt(() -> panel.column(at, values, present));
      attempt(
          () -> {
            if (panel.isConstant(at)) {
              panel.constant(at);
            }
          });
    }
  }

  private void attempt(Runnable reading) {
    try {
      reading.run();
    } catch (BadPanelException expected) {
      refused++;
    }
  }
}
