package io.narthex.storage.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StorageFlagsTest {
  @Test
  void retentionOfZeroIsTheDefault() {
    assertThat(StorageFlags.retentionMillis(Duration.ZERO)).isEqualTo(15 * 86_400_000L);
    assertThat(StorageFlags.retentionMillis(Duration.ofHours(1))).isEqualTo(3_600_000L);
  }

  @Test
  void headMayTakeThreeFifthsOfTheHeap() {
    assertThat(StorageFlags.headLimit(1000)).isEqualTo(600);
  }

  @ParameterizedTest
  @CsvSource({
    "1B, 1",
    "0KB, 0",
    "2KB, 2048",
    "2KiB, 2048",
    "512MB, 536870912",
    "512mb, 536870912",
    "3GB, 3221225472",
    "1TB, 1099511627776",
    "1PB, 1125899906842624",
    "7EB, 8070450532247928832",
    "8EB, 9223372036854775807",
    "999999999999999999EB, 9223372036854775807"
  })
  void sizesAreInPowersOf1024(String text, long bytes) {
    assertThat(ByteSize.parse(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1", "MB", "-1MB", "1.5GB", "1 MB", "1XB", "1M", "9999999999999999999B"})
  void whatIsNoSizeIsRefused(String text) {
    assertThatThrownBy(() -> ByteSize.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("\"" + text + "\" is not a size; ");
  }
}
