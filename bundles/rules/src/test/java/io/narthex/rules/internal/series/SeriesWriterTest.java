package io.narthex.rules.internal.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.StorageErrors;
import io.narthex.rules.internal.fake.FakeStorage;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeriesWriterTest {
  private final FakeStorage storage = new FakeStorage();
  private final AppenderLeases leases = new AppenderLeases();
  private final SeriesWriter writer = new SeriesWriter("f;g", leases);

  private void write(int from, int to, long time) {
    for (int i = from; i < to; i++) {
      writer.write(storage, time, List.of(new RuleSample(Labels.of("i", "" + i), i)), Set.of());
    }
  }

  @Test
  void hasOneAppenderForTheGroup() {
    write(0, 3, 1000);

    assertThat(storage.open).containsExactly(new AppendSource("rule", "f;g"));
  }

  @Test
  void slotsOfSeriesThatAreGoneAreLetGo() {
    write(0, 4096 + 20, 1000);
    writer.trim(10);
    assertThat(storage.open).hasSize(1);
    write(4096 + 20, 4096 + 21, 1000);
    writer.trim(10);
    assertThat(storage.open).isEmpty();

    write(0, 1, 2000);
    assertThat(storage.samples(Labels.of("i", "0"))).isEqualTo("1=0 2=0");
  }

  @Test
  void onlyTheLeasesOfTheStorageThatGoesAreGivenBack() {
    write(0, 1, 1000);
    writer.release(new FakeStorage());
    assertThat(storage.open).hasSize(1);
    writer.release(storage);
    assertThat(storage.open).isEmpty();
  }

  @Test
  void noLeaseIsTakenOfAStorageThatHasGoneUntilItComesAgain() {
    write(0, 1, 1000);
    leases.release(storage);
    assertThat(storage.open).isEmpty();

    assertThatThrownBy(() -> write(0, 1, 2000))
        .isInstanceOfSatisfying(
            NarthexException.class, e -> assertThat(e.code()).isEqualTo(StorageErrors.STOPPED));
    assertThat(storage.open).isEmpty();

    leases.come(storage);
    write(0, 1, 3000);
    assertThat(storage.open).hasSize(1);
  }

  @Test
  void anotherStorageIsNotMeant() {
    leases.release(new FakeStorage());
    write(0, 1, 1000);

    assertThat(storage.open).hasSize(1);
  }

  @Test
  void noLeaseIsTakenOnceAllAreGivenBack() {
    write(0, 1, 1000);
    leases.close();
    assertThat(storage.open).isEmpty();

    assertThatThrownBy(() -> write(0, 1, 2000)).isInstanceOf(NarthexException.class);
    assertThat(storage.open).isEmpty();
  }

  @Test
  void anAppenderThatIsRefusedIsNoLease() {
    storage.stopped = true;
    assertThatThrownBy(() -> write(0, 1, 1000)).isInstanceOf(NarthexException.class);
    storage.stopped = false;
    write(0, 1, 2000);
    leases.close();

    assertThat(storage.open).isEmpty();
  }
}
