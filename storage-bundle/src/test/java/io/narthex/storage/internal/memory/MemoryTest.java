package io.narthex.storage.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MemoryTest {
  private static final int SIZE = 64;

  /** Something that touches so many bytes at an address. */
  private record Access(String name, int bytes, LongConsumer at) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Stream<Access> accesses() {
    byte[] array = new byte[16];
    return Stream.of(
        new Access("getByte", 1, Memory::getByte),
        new Access("getUnsignedByte", 1, Memory::getUnsignedByte),
        new Access("getUnsignedShort", 2, Memory::getUnsignedShort),
        new Access("getInt", 4, Memory::getInt),
        new Access("getLong", 8, Memory::getLong),
        new Access("putByte", 1, at -> Memory.putByte(at, 1)),
        new Access("putShort", 2, at -> Memory.putShort(at, 1)),
        new Access("putInt", 4, at -> Memory.putInt(at, 1)),
        new Access("putLong", 8, at -> Memory.putLong(at, 1)),
        new Access("copy from an array", 5, at -> Memory.copy(array, 3, at, 5)),
        new Access("copy into an array", 5, at -> Memory.copy(at, array, 3, 5)),
        new Access("fill", 7, at -> Memory.fill(at, 7, 1)));
  }

  @Test
  void testsRunChecked() {
    assertThat(Memory.IS_CHECKED).isTrue();
  }

  @Test
  void numbersAreLittleEndianWhereverTheyLie() {
    try (Block block = new Block(SIZE, MemoryKind.SCRATCH)) {
      for (int shift = 0; shift < 8; shift++) {
        long at = block.address() + shift;
        Memory.putLong(at, 0x8807060504030201L);
        for (int i = 0; i < 7; i++) {
          assertThat(Memory.getByte(at + i))
              .as("byte %d at %d", i, shift)
              .isEqualTo((byte) (i + 1));
        }
        assertThat(Memory.getByte(at + 7)).isEqualTo((byte) 0x88);
        assertThat(Memory.getUnsignedByte(at + 7)).isEqualTo(0x88);
        assertThat(Memory.getUnsignedShort(at + 6)).isEqualTo(0x8807);
        assertThat(Memory.getInt(at + 4)).isEqualTo(0x88070605);
        assertThat(Memory.getLong(at)).isEqualTo(0x8807060504030201L);
      }
    }
  }

  @Test
  void writesTakeTheLowestBytesAndNoMore() {
    try (Block block = new Block(SIZE, MemoryKind.SCRATCH)) {
      long at = block.address() + 3;
      Memory.fill(block.address(), SIZE, 0xee);
      Memory.putByte(at, 0x1234567);
      Memory.putShort(at + 2, 0x1234567);
      Memory.putInt(at + 5, 0x1234567);

      byte[] bytes = new byte[11];
      Memory.copy(at - 1, bytes, 0, 11);
      byte ee = (byte) 0xee;
      assertThat(bytes).containsExactly(ee, 0x67, ee, 0x67, 0x45, ee, 0x67, 0x45, 0x23, 1, ee);
    }
  }

  @Test
  void areasThatOverlapAreCopiedAsTheyWere() {
    try (Block block = new Block(SIZE, MemoryKind.SCRATCH)) {
      byte[] numbers = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
      long at = block.address();
      Memory.copy(numbers, 0, at, 10);
      Memory.copy(at, at + 3, 7);
      byte[] bytes = new byte[12];
      Memory.copy(at, bytes, 1, 10);
      assertThat(bytes).containsExactly(0, 0, 1, 2, 0, 1, 2, 3, 4, 5, 6, 0);

      Memory.copy(numbers, 0, at, 10);
      Memory.copy(at + 3, at, 7);
      Memory.copy(at, bytes, 1, 10);
      assertThat(bytes).containsExactly(0, 3, 4, 5, 6, 7, 8, 9, 7, 8, 9, 0);
    }
  }

  @Test
  void blockIsZerosAtFirstAndBeginsAtMultipleOfEight() {
    for (int round = 0; round < 20; round++) {
      try (Block block = new Block(SIZE + round, MemoryKind.SCRATCH)) {
        assertThat(block.address() % 8).isZero();
        assertThat(block.size()).isEqualTo(SIZE + round);
        for (int i = 0; i < block.size(); i++) {
          assertThat(Memory.getByte(block.address() + i)).isZero();
        }
        Memory.fill(block.address(), block.size(), 0xff);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("accesses")
  void nothingOutsideOfBlockIsTouched(Access access) {
    Block block = new Block(SIZE, MemoryKind.SCRATCH);
    try (block) {
      access.at().accept(block.address());
      access.at().accept(block.address() + SIZE - access.bytes());
      for (long outside :
          List.of(
              block.address() - 1,
              block.address() + SIZE - access.bytes() + 1,
              block.address() + SIZE)) {
        refuses(() -> access.at().accept(outside), access.bytes(), outside);
      }
    }
    refuses(() -> access.at().accept(block.address()), access.bytes(), block.address());
  }

  private static void refuses(ThrowingCallable access, int bytes, long at) {
    assertThatThrownBy(access)
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("%d bytes at %#x are not in a block that is allocated".formatted(bytes, at));
  }

  @Test
  void copyWithinMemoryIsCheckedAtBothEnds() {
    try (Block block = new Block(SIZE, MemoryKind.SCRATCH)) {
      long end = block.address() + SIZE;
      Memory.copy(block.address(), end - 8, 8);
      refuses(() -> Memory.copy(block.address(), end - 7, 8), 8, end - 7);
      refuses(() -> Memory.copy(end - 7, block.address(), 8), 8, end - 7);
      refuses(() -> Memory.copy(block.address(), end - 7, -1), -1, block.address());
    }
  }
}
