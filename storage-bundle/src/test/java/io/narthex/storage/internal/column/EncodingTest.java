package io.narthex.storage.internal.column;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.storage.internal.memory.Block;
import io.narthex.storage.internal.memory.Memory;
import io.narthex.storage.internal.memory.MemoryKind;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each encoding on its own: it takes what it says, in as many bytes as it says. */
class EncodingTest {
  private final Integers integers = new Integers();
  private final ByteSink sink = new ByteSink(16);
  private final Cursor cursor = new Cursor();
  private final long[] out = new long[PanelMatrix.MAX_ROWS];
  private final long[] scratch = new long[PanelMatrix.MAX_ROWS];

  static Stream<ColumnEncoding> encodings() {
    return Stream.of(
        new Constant(),
        new FewChanges(),
        new FrameOfReference(0),
        new FrameOfReference(1),
        new FrameOfReference(2),
        new Rice(0),
        new Rice(1),
        new Rice(2),
        new Rice(3),
        new XorBits());
  }

  @ParameterizedTest
  @MethodSource("encodings")
  void decimalsOfAllShapesComeBack(ColumnEncoding encoding) {
    Random random = new Random(1);
    List<Shapes.Shape> shapes = List.copyOf(Shapes.all().values());
    int taken = 0;
    for (int round = 0; round < 3000; round++) {
      long[] bits = new long[1 + random.nextInt(round % 3 == 0 ? 255 : 70)];
      shapes.get(round % shapes.size()).fill(random, bits);
      boolean raw = round / shapes.size() % 3 == 0;
      long[] number = new long[1];
      for (int i = 0; i < bits.length; i++) {
        int form = Shapes.form(bits[i], number);
        integers.numbers[i] = raw ? bits[i] : form == Decimal.RAW ? bits[i] >> 12 : number[0];
      }
      taken += comesBack(encoding, bits.length, raw, random.nextBoolean()) ? 1 : 0;
    }
    assertThat(taken).isGreaterThan(encoding instanceof Constant ? 100 : 500);
  }

  @ParameterizedTest
  @MethodSource("encodings")
  void anyNumbersComeBack(ColumnEncoding encoding) {
    Random random = new Random(2);
    for (int round = 0; round < 2000; round++) {
      int n = 1 + random.nextInt(255);
      int most = random.nextInt(64);
      int outliers = random.nextInt(3);
      for (int i = 0; i < n; i++) {
        integers.numbers[i] =
            random.nextInt(20) < outliers ? random.nextLong() : random.nextLong() >> most;
      }
      comesBack(encoding, n, round % 2 == 0, round % 3 == 0);
    }
  }

  private boolean comesBack(ColumnEncoding encoding, int n, boolean raw, boolean divided) {
    integers.derive(n, raw, divided && !raw);
    int size = encoding.size(integers, ColumnEncoding.NONE);
    if (size == ColumnEncoding.NONE) {
      return false;
    }
    sink.clear();
    encoding.write(integers, sink);
    assertThat(sink.length()).isEqualTo(size);
    try (Block block = new Block(size + SealedPanel.PADDING, MemoryKind.SCRATCH)) {
      Memory.copy(sink.bytes(), 0, block.address(), size);
      cursor.reset(block.address(), block.address() + size);
      read(encoding.kind(), raw, n);
    }
    assertThat(cursor.remaining()).isZero();
    assertThat(Arrays.copyOf(out, n)).isEqualTo(Arrays.copyOf(integers.numbers, n));
    return true;
  }

  private void read(int kind, boolean raw, int n) {
    long divisor = integers.divisor();
    switch (kind) {
      case Constant.KIND -> Constant.read(cursor, raw, out, n);
      case FewChanges.KIND -> FewChanges.read(cursor, raw, divisor, out, n);
      case Rice.KIND -> Rice.read(cursor, divisor, out, n);
      case XorBits.KIND -> XorBits.read(cursor, out, n);
      default ->
          FrameOfReference.read(
              FrameOfReference.order(kind), cursor, raw, divisor, out, scratch, n);
    }
  }
}
