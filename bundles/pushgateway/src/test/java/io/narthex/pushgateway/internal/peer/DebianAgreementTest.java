package io.narthex.pushgateway.internal.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.narthex.pushgateway.internal.peer.PushCases.Scenario;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Debian's prometheus-pushgateway still answers every push as it is recorded. To record anew, run
 * it with {@code -Dpushgateway.record=<file>}.
 */
class DebianAgreementTest {
  @Test
  void debianAnswersAsRecorded() throws Exception {
    assumeTrue(
        DebianPushgateway.isInstalled(),
        "prometheus-pushgateway is not on the PATH (Debian: package prometheus-pushgateway)");
    assumeTrue(
        DebianPushgateway.version().contains("version 1.5.1 "),
        "prometheus-pushgateway is of another version than the recorded 1.5.1");
    Map<String, String> answers = new LinkedHashMap<>();
    try (DebianPushgateway debian = new DebianPushgateway()) {
      for (Scenario scenario : PushCases.all()) {
        answers.put(scenario.name(), debian.gateway().answers(scenario));
      }
    }
    String file = System.getProperty("pushgateway.record", "");
    if (!file.isEmpty()) {
      Files.writeString(Path.of(file), RecordedAnswers.write(answers));
    }
    assertThat(answers).isEqualTo(RecordedAnswers.read(RecordedAnswers.DEBIAN));
  }
}
