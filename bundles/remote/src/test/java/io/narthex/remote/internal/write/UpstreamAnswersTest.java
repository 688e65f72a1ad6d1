package io.narthex.remote.internal.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.Labels;
import io.narthex.api.storage.AppendSource;
import io.narthex.remote.internal.wire.Message;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same bodies have the same effect as upstream, but for what is listed with its reason. */
class UpstreamAnswersTest {
  /** What times in the file are relative to. */
  private static final long START = LaneTest.NOW - 60_000;

  private static final Pattern TIME = Pattern.compile("\\b1[67]\\d{11}\\b");

  private final FakeStorage storage = new FakeStorage();
  private final Lane lane =
      new Lane(
          () -> storage,
          new AppendSource("remote-write", "0"),
          new WriteMetrics(new FakeMetrics()),
          new LaneTest.FixedClock(),
          100);

  /** A body, the answer's status, and how its text begins. */
  private record Request(byte[] body, int status, String text) {}

  /** What is in the file between two lines {@code case}. */
  private record Case(String name, List<Request> requests, List<String> series) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    byte[] body = {};
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                UpstreamAnswersTest.class.getResourceAsStream("upstream-answers.txt"),
                StandardCharsets.UTF_8))) {
      for (String line : in.lines().filter(l -> !l.isEmpty() && !l.startsWith("#")).toList()) {
        String[] words = (line + " ").split(" ", 2);
        String rest = words[1].strip();
        Case now = cases.isEmpty() ? null : cases.getLast();
        switch (words[0]) {
          case "case" -> cases.add(new Case(rest, new ArrayList<>(), new ArrayList<>()));
          case "request" -> body = HexFormat.of().parseHex(rest);
          case "upstream" -> now.requests().add(request(body, rest));
          case "here" -> now.requests().set(now.requests().size() - 1, request(body, rest));
          case "differs" -> now.series().clear();
          case "samples", "exemplars" -> now.series().add(line);
          default -> throw new AssertionError("unknown line " + line);
        }
      }
    }
    return cases;
  }

  private static Request request(byte[] body, String answer) {
    return new Request(body, Integer.parseInt(answer.substring(0, 3)), answer.substring(3).strip());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersAndStoresAsUpstream(Case each) {
    assertThat(each.requests()).isNotEmpty();
    for (Request request : each.requests()) {
      byte[] block = Message.snappy(request.body());
      Answer answer = lane.write(block, block.length);
      assertThat(answer.status()).as(answer.text()).isEqualTo(request.status());
      assertThat(answer.text()).startsWith(request.text());
      assertThat(answer.text().isEmpty()).isEqualTo(request.text().isEmpty());
    }
    List<String> stored =
        Stream.concat(
                lines("samples ", storage::samples),
                lines("exemplars ", labels -> String.join(" ", storage.exemplars(labels))))
            .toList();
    assertThat(stored).containsExactlyInAnyOrderElementsOf(each.series());
  }

  private Stream<String> lines(String kind, Function<String[], String> content) {
    return storage.series().stream()
        .map(labels -> kind + shown(labels) + " " + relative(content.apply(pairs(labels))))
        .filter(line -> !line.endsWith("} "));
  }

  private static Labels shown(Labels labels) {
    return labels.filter(name -> !name.equals(Labels.METRIC_NAME));
  }

  private static String[] pairs(Labels labels) {
    return labels.toList().stream()
        .flatMap(label -> Stream.of(label.name(), label.value()))
        .toArray(String[]::new);
  }

  private static String relative(String text) {
    return TIME.matcher(text)
        .replaceAll(time -> Long.toString(Long.parseLong(time.group()) - START));
  }
}
