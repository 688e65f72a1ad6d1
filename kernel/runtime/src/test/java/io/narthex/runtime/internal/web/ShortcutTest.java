package io.narthex.runtime.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortcutTest {
  @ParameterizedTest
  @CsvSource({
    "/api/v2/alerts, true",
    "/-/healthy, true",
    "/api/v2, true",
    "/api/v2x, false",
    "/api/v1/query, false",
    "/alerts, false",
    "/, false",
    "/alertmanager/api/v2/alerts, false"
  })
  void alertmanagerHasItsApi(String path, boolean covered) {
    assertThat(Shortcut.ALERTMANAGER.covers(path)).isEqualTo(covered);
  }

  @ParameterizedTest
  @CsvSource({
    "/metrics/job/a, true",
    "/metrics, true",
    "/, true",
    "/pushgateway, false",
    "/pushgateway/metrics, false"
  })
  void pushgatewayHasAll(String path, boolean covered) {
    assertThat(Shortcut.PUSHGATEWAY.covers(path)).isEqualTo(covered);
  }
}
