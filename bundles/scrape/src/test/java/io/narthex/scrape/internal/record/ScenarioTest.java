package io.narthex.scrape.internal.record;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Scenarios of staleness, limits, relabelling and reloads; those marked so were seen upstream. */
class ScenarioTest {
  static List<Scenario> staleness() throws IOException {
    return Scenario.read("staleness.txt");
  }

  static List<Scenario> limits() throws IOException {
    return Scenario.read("limits.txt");
  }

  static List<Scenario> relabelling() throws IOException {
    return Scenario.read("relabelling.txt");
  }

  static List<Scenario> samples() throws IOException {
    return Scenario.read("samples.txt");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"staleness", "limits", "relabelling", "samples"})
  void storesWhatTheScenarioSays(Scenario scenario) {
    scenario.run();
  }
}
