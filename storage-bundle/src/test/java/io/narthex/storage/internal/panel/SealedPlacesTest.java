package io.narthex.storage.internal.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.storage.internal.memory.Memory;
import io.narthex.storage.internal.memory.Reclaimer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SealedPlacesTest {
  private static final int SLAB = 16 * 1024;

  private long oldestReader = Long.MAX_VALUE;
  private final Reclaimer reclaimer = new Reclaimer(() -> 1, () -> oldestReader);
  private final SealedPlaces places = new SealedPlaces(reclaimer);

  @AfterEach
  void close() {
    oldestReader = Long.MAX_VALUE;
    reclaimer.reclaim();
    places.close();
  }

  @Test
  void eachTakesItsSizeAndStaysAsItIs() {
    Random random = new Random(1);
    List<SealedPlaces.Place> added = new ArrayList<>();
    List<byte[]> contents = new ArrayList<>();
    long sum = 0;
    for (int i = 0; i < 400; i++) {
      byte[] bytes = new byte[1 + random.nextInt(i == 50 ? 300_000 : 9_000)];
      random.nextBytes(bytes);
      int length = bytes.length - random.nextInt(Math.min(5, bytes.length));
      SealedPlaces.Place place = places.add(bytes, length, i, 3);
      assertThat(place.length()).isEqualTo(length);
      added.add(place);
      contents.add(java.util.Arrays.copyOf(bytes, length));
      sum += length;
    }
    for (int i = 0; i < added.size(); i++) {
      byte[] there = new byte[added.get(i).length()];
      Memory.copy(added.get(i).address(), there, 0, there.length);
      assertThat(there).isEqualTo(contents.get(i));
    }
    assertThat(places.usedBytes()).isEqualTo(sum);
    assertThat(places.columns()).isEqualTo(3 * 400);
    assertThat(places.allocatedBytes()).isBetween(sum, sum + sum / 4);
  }

  @Test
  void oldestSlabsGoAsWholeUpToTheFirstThatIsNewer() {
    SealedPlaces.Place first = places.add(new byte[SLAB], SLAB, 30, 5);
    SealedPlaces.Place second = places.add(new byte[SLAB], SLAB, 10, 7);
    SealedPlaces.Place third = places.add(new byte[SLAB], SLAB, 40, 9);
    List<String> ages = new ArrayList<>();
    places.forEachOfAge((maxTime, bytes) -> ages.add(maxTime + ": " + bytes));
    assertThat(ages).as("the last stays").containsExactly("30: " + SLAB, "30: " + SLAB);

    assertThat(places.dropBefore(30)).isZero();
    assertThat(places.dropBefore(31)).isEqualTo(2 * SLAB);
    assertThat(places.firstSlab()).isEqualTo(third.slab()).isGreaterThan(second.slab());
    assertThat(second.slab()).isGreaterThan(first.slab());
    assertThat(places.allocatedBytes()).isEqualTo(SLAB);
    assertThat(places.usedBytes()).isEqualTo(SLAB);
    assertThat(places.columns()).isEqualTo(9);
    assertThat(places.dropBefore(Long.MAX_VALUE)).as("the last stays").isZero();
    assertThatThrownBy(() -> Memory.getByte(first.address()))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void whatIsDroppedStaysForItsReaders() {
    SealedPlaces.Place place = places.add(new byte[SLAB], SLAB, 30, 5);
    oldestReader = 1;
    places.dropAll();

    assertThat(places.allocatedBytes()).isZero();
    assertThat(places.usedBytes()).isZero();
    assertThat(places.columns()).isZero();
    assertThat(Memory.getByte(place.address() + SLAB - 1)).isZero();
    oldestReader = 2;
    reclaimer.reclaim();
    assertThatThrownBy(() -> Memory.getByte(place.address()))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(places.add(new byte[9], 9, 50, 1).slab()).isEqualTo(1);
  }
}
