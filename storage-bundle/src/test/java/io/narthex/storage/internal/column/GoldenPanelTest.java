package io.narthex.storage.internal.column;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.storage.internal.memory.Block;
import io.narthex.storage.internal.memory.Memory;
import io.narthex.storage.internal.memory.MemoryKind;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The bytes of version 1; they are read for ever. */
class GoldenPanelTest {
  private static final int ROWS = 24;
  private static final long NOTHING = Shapes.NOTHING;

  private static final String BYTES =
      """
      010218190000e897b69a010000aa87150c0100acea0102cff33ccff33ce0c508fe0801020512191938152521242b
      32324a3b4066d7121518001f234f017011012001312010aad582d4c4e9eb0b201f000000000000f87f221fa25555
      55555501700a799d91f1460060ca14e5f7f9638165e794bb5c15e892b5449262e921a628010a0109d61202c80106
      2663627513c5d4ba6f8c08884d8a5bcffddd0384897a02043a189609a8a1272a57385b06040cfe0df61b0515cdb1
      c18b6dcd84a2c22046b51a258008620ee08b7afa0171b2130080102700c08bb39d06a3ea17942d2280802080c00a
      092106c678c7090f2f249f1458347825cc834600a89d4be1c6a2103b22029a010a799d91f1460060ca14e5f7f963
      8165e794bb5c15e892b5449262e921a62862010400060c12000000000000f87f000000000000f87f000000000000
      f87f000000000000f87f24073e9a6a7759fa1ad12040c21a3c588d68b1022272f8450d54b06a2a498be840031e78
      d3a6984b59d5b737b4fb584c490a6367c33b2114004071ae8c26601ca204f6450d54b06a2a498be840031e78d3a6
      984b59d5b737b4fb584c490a6367c33b2114004071ae8c26601c0001b669daa50d4cbef3fbdecfae0100557b2fcd
      ab80edbd0d29759f19fa74a2b91d4997e0dd36ecb4ce68d4acdd2fc38d30706bbcd0660daf0d0bb19c4925dc6adb
      0f675593519e1ce54266d85877e7ce220633094a96338af61000261fde0227415934112e89bd265cd6af948d27e2
      69fed9ff26929e395a6539c293af6fe1f29b6b7edcbf30212b7154efe5ce3245c3754d38f5663e1418197a2f9ae6
      167861cb7bd951a2daa78ddca421e148793804ad008cf8dd71d816c8dbcd25289b467b0bd9ca0b6b878a2fd99547
      0b160c3b26a47c43ad9edbfeda9bc21149b19cbef05c5b277d941b6a442531b6c5bfb87389d6553cb6411e219ab8
      9d659a644acb158f7575cc83d22f2698cde1565513a59d25d3865cf1823485f36b1bc21aafeda752573c08050613
      05100901001b6ddbb60002015555261f0000000000000080004c2fff0f00211f000000000010690f010b45239178
      5634627e00000000000000
      """
          .replaceAll("\\s", "");

  @Test
  void isReadAsItWasWritten() {
    byte[] bytes = HexFormat.of().parseHex(BYTES);
    SealedPanel.check(bytes);
    try (Block block = new Block(bytes.length, MemoryKind.SCRATCH)) {
      Memory.copy(bytes, 0, block.address(), bytes.length);
      SealedPanel panel = new SealedPanel().reset(block.address(), bytes.length);
      assertThat(panel.rows()).isEqualTo(ROWS);
      assertThat(panel.slots()).isEqualTo(columns().length);
      long[] axis = new long[ROWS];
      panel.times(axis);
      assertThat(axis).isEqualTo(times());
      panel.sequences(axis);
      assertThat(axis).isEqualTo(sequences());
      Set<String> found = new TreeSet<>();
      for (int slot = 0; slot < columns().length; slot++) {
        assertThat(column(panel, slot)).isEqualTo(columns()[slot]);
        found.addAll(SealedPanelTest.names(panel.description(slot)));
      }
      assertThat(found).isEqualTo(new TreeSet<>(SealedPanelTest.NAMES));
    }
  }

  @Test
  void isWrittenAsItIsRead() {
    PanelMatrix matrix = new PanelMatrix();
    matrix.reset(ROWS, columns().length);
    for (int row = 0; row < ROWS; row++) {
      matrix.setRow(row, times()[row], sequences()[row]);
    }
    for (int slot = 0; slot < columns().length; slot++) {
      Shapes.put(matrix, slot, columns()[slot]);
    }
    try (PanelSealer sealer = new PanelSealer()) {
      int length = sealer.seal(matrix);
      assertThat(HexFormat.of().formatHex(sealer.bytes(), 0, length)).isEqualTo(BYTES);
    }
  }

  private static long[] column(SealedPanel panel, int slot) {
    double[] values = new double[ROWS];
    long[] present = new long[1];
    panel.column(slot, values, present);
    long[] bits = new long[ROWS];
    for (int row = 0; row < ROWS; row++) {
      boolean has = (present[0] >>> row & 1) != 0;
      bits[row] = has ? Double.doubleToRawLongBits(values[row]) : NOTHING;
    }
    return bits;
  }

  private static long[] times() {
    long[] times = new long[ROWS];
    for (int row = 0; row < ROWS; row++) {
      times[row] = 1_764_000_000_000L + 15_000L * row + row % 3;
    }
    return times;
  }

  private static long[] sequences() {
    long[] sequences = new long[ROWS];
    for (int row = 0; row < ROWS; row++) {
      sequences[row] = 70_000 + 50L * row;
    }
    return sequences;
  }

  /** A value of a row. */
  private interface Column {
    double at(int row);
  }

  private static long[][] columns() {
    return new long[][] {
      column(row -> 0),
      column(row -> 1),
      column(row -> 70_000),
      column(row -> -2.5),
      column(row -> 1 / 3.0),
      column(row -> Double.NaN),
      column(row -> Double.longBitsToDouble(0x7001_5555_5555_5555L + hash(row) % 1000)),
      column(row -> row < 9 ? 5 : 1200),
      column(row -> 100 + hash(row) % 64),
      column(row -> 1_000_000 + 7 * row + hash(row) % 7),
      column(row -> 900.0 * row * row + hash(row) % 9),
      column(row -> 1e6 + row * 1000 + Long.bitCount(hash(row)) * 8 + (row == 7 ? 40_000 : 0)),
      column(row -> 4096.0 * (hash(row) % 300)),
      column(row -> hash(row) % 1000 / 100.0),
      column(row -> row % 6 == 0 ? Double.NaN : hash(row) % 100 / 10.0),
      column(row -> Math.scalb(1 + hash(row) % 9999, -50)),
      column(row -> hash(row) % 9999 / 1e4 + Math.ulp(0.3) * (row % 3)),
      column(row -> 0.3 + hash(row) % 9999 * Math.ulp(0.3) * 4096),
      column(row -> Double.longBitsToDouble(hash(row) * 0x9e3779b97f4a7c15L)),
      column(row -> row < 5 ? Double.longBitsToDouble(NOTHING) : 3),
      column(row -> row < 5 || row > 20 ? Double.longBitsToDouble(NOTHING) : -row),
      column(row -> row % 3 == 1 ? Double.longBitsToDouble(NOTHING) : row),
      column(row -> Double.longBitsToDouble(NOTHING)),
      column(row -> row < 11 ? -0.0 : Double.POSITIVE_INFINITY),
      column(row -> row < 11 ? 0x1.91p-777 : 0x1.2345678912345p+999),
    };
  }

  private static long[] column(Column column) {
    long[] bits = new long[ROWS];
    for (int row = 0; row < ROWS; row++) {
      bits[row] = Double.doubleToRawLongBits(column.at(row));
    }
    return bits;
  }

  private static long hash(int row) {
    long x = (row + 1) * 0xbf58476d1ce4e5b9L;
    return (x ^ x >>> 29) >>> 24;
  }
}
