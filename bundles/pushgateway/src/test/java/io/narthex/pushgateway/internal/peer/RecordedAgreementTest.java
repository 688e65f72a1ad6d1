package io.narthex.pushgateway.internal.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.pushgateway.internal.PushServer;
import io.narthex.pushgateway.internal.peer.PushCases.Scenario;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * We answer every push of {@code pushes.txt} as Debian's pushgateway did when it was recorded, and
 * expose the same series; but for the scenarios of {@code differences.txt}, each with its reason.
 */
class RecordedAgreementTest {
  private static PushServer server;
  private static final Map<String, String> OURS = new LinkedHashMap<>();

  @BeforeAll
  static void start() throws Exception {
    server = new PushServer();
    server.storeComes();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
    String file = System.getProperty("pushgateway.record.ours", "");
    if (!file.isEmpty()) {
      Files.writeString(Path.of(file), RecordedAnswers.write(OURS));
    }
  }

  @TestFactory
  Stream<DynamicTest> answersAsRecorded() {
    Map<String, String> expected = RecordedAnswers.read(RecordedAnswers.DEBIAN);
    expected.putAll(RecordedAnswers.read(RecordedAnswers.DIFFERENCES));
    Gateway ours = new Gateway(server.port(), "/pushgateway");
    return PushCases.all().stream()
        .map(
            scenario ->
                DynamicTest.dynamicTest(
                    scenario.name(),
                    () -> {
                      String answers = ours.answers(scenario);
                      OURS.put(scenario.name(), answers);
                      assertThat(answers).isEqualTo(expected.get(scenario.name()));
                    }));
  }

  @Test
  void everyDifferenceIsOne() {
    Map<String, String> debian = RecordedAnswers.read(RecordedAnswers.DEBIAN);
    RecordedAnswers.read(RecordedAnswers.DIFFERENCES)
        .forEach(
            (name, answers) ->
                assertThat(debian).as(name).containsKey(name).doesNotContainEntry(name, answers));
  }

  @Test
  void everyDifferenceHasAReason() {
    List<String> lines = PushCases.resource(RecordedAnswers.DIFFERENCES).lines().toList();
    List<String> without = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("== ") && !lines.get(i + 1).startsWith("# ")) {
        without.add(lines.get(i));
      }
    }
    assertThat(without).isEmpty();
  }

  @Test
  void thereAreManyPushesGoodAndBad() {
    Map<String, String> debian = RecordedAnswers.read(RecordedAnswers.DEBIAN);
    assertThat(debian.keySet())
        .containsExactlyInAnyOrderElementsOf(PushCases.all().stream().map(Scenario::name).toList());
    long good = count(debian, "--- \\d+ 20\\d.*");
    long bad = count(debian, "--- \\d+ 400");
    assertThat(good).isGreaterThan(100);
    assertThat(bad).isGreaterThan(100);
  }

  private static long count(Map<String, String> answers, String line) {
    return answers.values().stream().flatMap(String::lines).filter(l -> l.matches(line)).count();
  }
}
