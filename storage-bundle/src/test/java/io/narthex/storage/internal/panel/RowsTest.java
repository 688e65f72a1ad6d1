package io.narthex.storage.internal.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.model.StaleMarker;
import io.narthex.storage.internal.memory.Block;
import io.narthex.storage.internal.memory.Memory;
import io.narthex.storage.internal.memory.MemoryKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowsTest {
  private static final int CAPACITY = 32 * 1024;

  /** So much after a row may be read, as after a page, but what it is must not matter. */
  private static final int BEYOND = 7;

  private final Block block = new Block(CAPACITY, MemoryKind.SCRATCH);
  private final RowCursor cursor = new RowCursor();
  private final RowEncoder encoder = new RowEncoder();
  private final RowInput input = new RowInput();

  @AfterEach
  void free() {
    block.close();
  }

  /** At the end of the block, so that reading on is noticed. */
  private void place(byte[] bytes, int length) {
    long end = block.address() + CAPACITY - BEYOND;
    Memory.fill(end, BEYOND, length * 31);
    long at = end - length;
    Memory.copy(bytes, 0, at, length);
    cursor.reset(at, length);
  }

  private void place(byte[] bytes) {
    place(bytes, bytes.length);
  }

  /** A sample: the slot, then the value as text, or "stale". */
  private void given(String... samples) {
    input.begin();
    for (String sample : samples) {
      int slot = Integer.parseInt(sample.substring(0, sample.indexOf('=')));
      String text = sample.substring(sample.indexOf('=') + 1);
      input.size(slot + 1);
      if (text.equals("stale")) {
        input.put(slot, StaleMarker.BITS, SlotValue.RAW);
      } else if (text.startsWith("0x")) {
        input.put(slot, Long.parseUnsignedLong(text.substring(2), 16), SlotValue.RAW);
      } else {
        int point = text.indexOf('.');
        int decimals = point < 0 ? 0 : text.length() - point - 1;
        input.put(slot, Long.parseLong(text.replace(".", "")), decimals);
      }
    }
  }

  private String encoded() {
    return HexFormat.of().formatHex(encoder.bytes(), 0, encoder.length());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0=5; 0=5; ''",
        "0=5; 0=6; 00",
        "0=5; 0=4; 0e",
        "0=5; 0=7; 01 04",
        "0=5; 0=-2; 01 0d",
        "0=0; 0=128; 02 00 01",
        "0=0; 0=-9007199254740991; 07 fd ff ff ff ff ff 3f",
        "0=1.25; 0=1.5; 01 32",
        "0=1.25; 0=1.24; 0e",
        "0=1.25; 0=2; 01 96",
        "0=1.5; 0=1.25; 09 02 fa 01",
        "0=5; 0=0x3ff8000000000001; 0a 08 01 00 00 00 00 00 f8 3f",
        "0=5; 0=0x8000000000000000; 0a 71 80",
        "0=5; 0=0x0000000000000000; 0a 00",
        "0=0x7ff8000000000001; 0=0x7ff8000000000001; ''",
        "0=0x7ff8000000000001; 0=0x7ff8000000dead01; 0a 12 ad de",
        "0=0x7ff8000000000001; 0=7; 09 00 0e",
        "0=5; 0=stale; 0b",
        "0=5,1=1; 1=1; 0c",
        "0=1,16=1; 0=1,16=2; f0 01",
        "0=1,15=1; 0=1,15=2; f0 00",
        "0=1,14=1; 0=1,14=2; e0",
        "0=1,511=1; 0=1,511=2; f0 f0 03",
        "0=1,1=1; 0=2,1=2; 00 00"
      })
  void bytesOfChangesAreAsTheFormatSays(String before, String row, String hex) {
    SlotStates states = new SlotStates(0);
    given(before.split(","));
    RowEncoder.advance(input, states, true);
    given(row.split(","));
    encoder.encode(input, states);

    assertThat(encoded()).isEqualTo(hex.replace(" ", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0=0; 0d",
        "0=1; 00",
        "0=-1; 0e",
        "0=300; 02 58 02",
        "0=1.5; 09 01 1e",
        "0=0.00; 09 02 00",
        "2=stale; 2b",
        "0=0x8000000000000000; 0a 71 80",
        "3=1,5=1; 30 10"
      })
  void bytesOfBaseRowsAreAsTheFormatSays(String row, String hex) {
    given(row.split(","));
    encoder.encodeBase(input);

    assertThat(encoded()).isEqualTo(hex.replace(" ", ""));
  }

  @Test
  void slotThatWasAbsentBeginsAnew() {
    SlotStates states = new SlotStates(0);
    given("0=12.5", "1=0x7ff8000000000001", "2=9");
    RowEncoder.advance(input, states, true);
    given("0=stale", "2=9");
    RowEncoder.advance(input, states, false);
    assertThat(states.present()).isEqualTo(1);
    assertThat(states.form(0)).isEqualTo(SlotValue.ENDED);
    assertThat(states.form(1)).isEqualTo(SlotValue.ABSENT);
    encoder.encode(input, states);
    assertThat(encoded()).as("stale once more; the absent stays so").isEqualTo("0b");

    given("0=12.5", "1=0x7ff8000000000001", "2=9");
    encoder.encode(input, states);
    assertThat(encoded()).isEqualTo("0901fa01" + "0a0801000000000" + "0f87f");
    given("0=0", "1=0.0", "2=9");
    encoder.encode(input, states);
    assertThat(encoded()).isEqualTo("0d" + "090100");
    given("0=1", "1=-1", "2=9");
    encoder.encode(input, states);
    assertThat(encoded()).isEqualTo("000e");
  }

  @Test
  void statesBecomeBaseRow() {
    Random random = new Random(3);
    for (int round = 0; round < 300; round++) {
      RowSource source = new RowSource(random, 1 + random.nextInt(40));
      SlotStates states = new SlotStates(0);
      for (int row = 0; row < 4; row++) {
        source.next(input);
        RowEncoder.advance(input, states, row == 0);
      }
      SlotTimes times = new SlotTimes();
      for (int slot = 0; slot < source.slots(); slot++) {
        times.ended(slot, source.row[slot] == StaleMarker.BITS ? 4 : 3);
      }
      encoder.encodeBase(states, times, 4, source.slots());
      SlotStates decoded = new SlotStates(0);
      BitSet stale = decode(decoded);
      for (int slot = 0; slot < source.slots(); slot++) {
        assertThat(stale.get(slot)).isEqualTo(source.row[slot] == StaleMarker.BITS);
        assertThat(decoded.isPresent(slot)).isEqualTo(states.isPresent(slot));
        assertThat(SlotValue.bits(decoded.number(slot), decoded.form(slot)))
            .isEqualTo(SlotValue.bits(states.number(slot), states.form(slot)));
      }
    }
  }

  @Test
  void numberMayChangeByEightBytes() {
    place(HexFormat.of().parseHex("08" + "feffffffffffffff" + "08" + "ffffffffffffffff"));

    assertThat(cursor.next()).isTrue();
    assertThat(cursor.number(0, 0)).isEqualTo(Long.MAX_VALUE);
    assertThat(cursor.next()).isTrue();
    assertThat(cursor.number(0, 0)).isEqualTo(Long.MIN_VALUE);
    assertThat(cursor.next()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0f; the unknown code 15",
        "01; the row ends within a change",
        "03 01 02; the row ends within a change",
        "08 01 02 03 04 05 06 07; the row ends within a change",
        "09; the row ends within a change",
        "09 00; the row ends within a change",
        "09 17 00; a number with 23 decimals",
        "09 1f 00; a number with 31 decimals",
        "09 00 80 80 80 80 80 80 80 80 80 80; a number of more than 10 bytes",
        "0a; the row ends within a change",
        "0a 02 00; the row ends within a change",
        "0a 09; a raw value begins with 0x09",
        "0a 0f; a raw value begins with 0x0f",
        "0a 72; a raw value begins with 0x72",
        "0a 10; a raw value begins with 0x10",
        "0a 80; a raw value begins with 0x80",
        "f0; the row ends within a change",
        "f0 ff; the row ends within a change",
        "f0 f1 03; slot 512 of at most 512",
        "f0 f0 03 00; slot 512 of at most 512",
        "f0 81 04; a gap of 513 slots",
        "f0 ff ff ff ff ff ff ff ff ff 01; a gap of 18446744073709551615 slots"
      })
  void badRowIsRefused(String hex, String message) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    assertThatThrownBy(() -> PlainRow.changes(bytes)).isInstanceOf(PlainRow.Bad.class);
    assertThatThrownBy(
            () -> {
              place(bytes);
              while (cursor.next()) {
                cursor.number(0, 0);
              }
            })
        .isInstanceOf(BadRowException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void anyRowsComeBack(int seed) throws PlainRow.Bad {
    Random random = new Random(seed);
    BitSet codes = new BitSet();
    for (int panel = 0; panel < 200; panel++) {
      int most = panel % 20 == 0 ? Panel.MAX_SLOTS : 1 + random.nextInt(60);
      RowSource source = new RowSource(random, most);
      SlotStates advanced = new SlotStates(random.nextInt(most + 1));
      SlotStates decoded = new SlotStates(0);
      int rows = panel % 20 == 0 ? 30 : 1 + random.nextInt(130);
      for (int row = 0; row < rows; row++) {
        source.next(input);
        boolean base = row == 0 || random.nextInt(50) == 0;
        if (base) {
          encoder.encodeBase(input);
          decoded.reset();
        } else {
          encoder.encode(input, advanced);
        }
        RowEncoder.advance(input, advanced, base);
        assertPlain(codes);
        BitSet stale = decode(decoded);
        assertSame(source, decoded, advanced, stale);
      }
    }
    // What is 8 bytes away is no decimal.
    BitSet all = new BitSet();
    all.set(0, 15);
    all.clear(RowCode.DELTA_8);
    assertThat(codes).isEqualTo(all);
  }

  /** The plain reader finds what the cursor finds. */
  private void assertPlain(BitSet codes) throws PlainRow.Bad {
    List<PlainRow.Change> plain =
        PlainRow.changes(Arrays.copyOf(encoder.bytes(), encoder.length()));
    plain.forEach(change -> codes.set(change.code()));
    place(encoder.bytes(), encoder.length());
    walkLike(plain);
  }

  private void walkLike(List<PlainRow.Change> plain) {
    for (PlainRow.Change change : plain) {
      if (!cursor.next()
          || cursor.slot() != change.slot()
          || cursor.isStale() != (change.code() == 11)) {
        throw new AssertionError("%s is read as another change".formatted(change));
      }
      for (int before : new int[] {0, 22, SlotValue.RAW, SlotValue.ABSENT, SlotValue.ENDED}) {
        for (long number : new long[] {0, 77, Long.MIN_VALUE}) {
          if (cursor.number(number, before) != change.number(number, before)
              || cursor.form(before) != change.formAfter(before)) {
            throw new AssertionError(
                "%s after %d in form %d is read as %d in form %d"
                    .formatted(
                        change,
                        number,
                        before,
                        cursor.number(number, before),
                        cursor.form(before)));
          }
        }
      }
    }
    assertThat(cursor.next()).isFalse();
  }

  /** Decodes what was encoded, as a panel does; gives the slots with a stale marker. */
  private BitSet decode(SlotStates states) {
    BitSet stale = new BitSet();
    place(encoder.bytes(), encoder.length());
    while (cursor.next()) {
      int slot = cursor.slot();
      int before = states.form(slot);
      states.set(slot, cursor.number(states.number(slot), before), cursor.form(before));
      stale.set(slot, cursor.isStale());
    }
    return stale;
  }

  private static void assertSame(
      RowSource source, SlotStates decoded, SlotStates advanced, BitSet stale) {
    int present = 0;
    for (int slot = 0; slot < source.slots(); slot++) {
      long bits = source.row[slot];
      long number = decoded.number(slot);
      int form = decoded.form(slot);
      if (number != advanced.number(slot) || form != advanced.form(slot)) {
        throw new AssertionError(
            "slot %d is %d in form %d, advanced %d in form %d"
                .formatted(slot, number, form, advanced.number(slot), advanced.form(slot)));
      }
      boolean has = bits != RowSource.NOTHING && bits != StaleMarker.BITS;
      present += has ? 1 : 0;
      if (decoded.isPresent(slot) != has
          || stale.get(slot) != (bits == StaleMarker.BITS)
          || has && SlotValue.bits(number, form) != bits
          || has && !(form == SlotValue.RAW || SlotValue.isDecimal(number, form))) {
        throw new AssertionError(
            "slot %d of %#x is read as %d in form %d".formatted(slot, bits, number, form));
      }
    }
    assertThat(decoded.present()).isEqualTo(present);
    assertThat(advanced.present()).isEqualTo(present);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void damagedRowIsRowOrRefusedButNeverAnythingElse(int seed) {
    Random random = new Random(seed);
    int good = 0;
    int bad = 0;
    for (int round = 0; round < 400; round++) {
      RowSource source = new RowSource(random, 1 + random.nextInt(round % 10 == 0 ? 512 : 20));
      SlotStates states = new SlotStates(0);
      source.next(input);
      RowEncoder.advance(input, states, true);
      source.next(input);
      if (random.nextBoolean()) {
        encoder.encode(input, states);
      } else {
        encoder.encodeBase(input);
      }
      byte[] row = Arrays.copyOf(encoder.bytes(), encoder.length());
      for (int damage = 0; damage < 50; damage++) {
        byte[] bytes = damaged(row, random);
        place(bytes);
        List<PlainRow.Change> plain;
        try {
          plain = PlainRow.changes(bytes);
        } catch (PlainRow.Bad expected) {
          bad++;
          assertThatThrownBy(
                  () -> {
                    while (cursor.next()) {
                      cursor.number(1, cursor.form(0));
                    }
                  })
              .isInstanceOf(BadRowException.class);
          continue;
        }
        good++;
        walkLike(plain);
      }
    }
    assertThat(good).isGreaterThan(1_000);
    assertThat(bad).isGreaterThan(1_000);
  }

  static byte[] damaged(byte[] row, Random random) {
    int change = random.nextInt(10);
    int length = change == 0 ? random.nextInt(row.length + 1) : row.length;
    byte[] bytes = Arrays.copyOf(row, change == 1 ? length + 1 + random.nextInt(12) : length);
    for (int flips = random.nextInt(4); flips >= 0 && bytes.length > 0; flips--) {
      int at = random.nextInt(bytes.length);
      bytes[at] =
          switch (random.nextInt(3)) {
            case 0 -> (byte) random.nextInt();
            case 1 -> (byte) 0xff;
            default -> (byte) (bytes[at] ^ 1 << random.nextInt(8));
          };
    }
    return bytes;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0=1,1=12.35; ''; 00 09 02 a6 13",
        "0=0,1=12.37; 0=1,1=12.35; 0e 01 04",
        "0=0,1=12.37; 0=0,1=12.37; ''",
        "0=0; 0=0,1=12.37; 1c",
        "0=stale; 0=0; 0b"
      })
  void exampleInTheDocumentationIsRight(String row, String before, String hex) {
    SlotStates states = new SlotStates(0);
    if (before.isEmpty()) {
      given(row.split(","));
      encoder.encodeBase(input);
    } else {
      given(before.split(","));
      RowEncoder.advance(input, states, true);
      given(row.split(","));
      input.size(2);
      encoder.encode(input, states);
    }

    assertThat(encoded()).isEqualTo(hex.replace(" ", ""));
  }

  @Test
  void whatDoesNotChangeTakesNothing() {
    SlotStates states = new SlotStates(0);
    List<String> samples = new ArrayList<>();
    for (int slot = 0; slot < Panel.MAX_SLOTS; slot++) {
      samples.add(slot + "=" + slot + ".25");
    }
    given(samples.toArray(String[]::new));
    RowEncoder.advance(input, states, true);
    encoder.encode(input, states);

    assertThat(encoder.length()).isZero();
  }
}
