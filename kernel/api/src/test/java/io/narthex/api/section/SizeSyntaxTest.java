package io.narthex.api.section;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizeSyntaxTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "1B, 1",
    "1KB, 1024",
    "1KiB, 1024",
    "15MB, 15728640",
    "1.5KB, 1536",
    ".5KB, 512",
    "1.KB, 1024",
    "1MiB512KiB, 1572864",
    "1GB1MB, 1074790400",
    "7EB, 8070450532247928832",
    "-1MB, -1048576",
    "+2B, 2"
  })
  void sizesAreReadAsUpstreamReadsThem(String text, long bytes) {
    assertThat(SizeSyntax.parse(text)).contains(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "100",
        "B",
        ".B",
        "-",
        "1kB",
        "1K",
        "1Kib",
        "1 MB",
        "1MB ",
        "1MBB",
        "1MB1",
        "1MB512KiB",
        "8EB",
        "0x1B",
        "1e3B",
        "99999999999999999999B"
      })
  void whatUpstreamRefusesIsRefused(String text) {
    assertThat(SizeSyntax.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0B",
    "1, 1B",
    "1024, 1KiB",
    "1536, 1KiB512B",
    "15728640, 15MiB",
    "1572864, 1MiB512KiB",
    "1099511627776, 1TiB"
  })
  void sizesAreShownInTheLargestUnits(long bytes, String text) {
    assertThat(SizeSyntax.format(bytes)).isEqualTo(text);
  }

  @Test
  void whatIsShownIsReadBack() {
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      long bytes = random.nextLong(1L << 50);
      assertThat(SizeSyntax.parse(SizeSyntax.format(bytes))).contains(bytes);
    }
  }
}
