package io.narthex.storage.internal.column;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What panels take on data like that of real exporters; more than this is a defect. */
class PanelSizeTest {
  @ParameterizedTest
  @CsvSource({"60, 0.50", "120, 0.46"})
  void bytesOfASample(int rows, double most) {
    Mix mix = new Mix(1);
    PanelMatrix matrix = new PanelMatrix();
    long bytes = 0;
    long samples = 0;
    try (PanelSealer sealer = new PanelSealer()) {
      for (int panel = 0; panel < 20; panel++) {
        mix.fill(matrix, rows, PanelMatrix.MAX_SLOTS);
        bytes += sealer.seal(matrix);
        samples += (long) rows * PanelMatrix.MAX_SLOTS;
      }
      assertThat(sealer.fallbacks()).isZero();
    }
    assertThat((double) bytes / samples).isLessThan(most);
  }
}
