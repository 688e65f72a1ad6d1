package io.narthex.api.section;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SectionTest {
  private final List<Problem> problems = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "12, 12",
    "-5, -5",
    "+5, 5",
    "1_000, 1000",
    "0x1F, 31",
    "0o17, 15",
    "017, 15",
    "0b101, 5",
    "1e3, 1000",
    "2.0, 2",
    "9223372036854775807, 9223372036854775807"
  })
  void wholeNumbersAreReadAsYamlHasThem(String text, long number) {
    assertThat(section("n", plain(text)).integer("n")).contains(number);
    assertThat(problems).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1.5", "0x", "9223372036854775808", "1e400", "--1"})
  void otherNumbersAreReported(String text) {
    assertThat(section("n", plain(text)).integer("n")).isEmpty();
    assertThat(messages()).containsExactly("n must be a whole number, got \"" + text + "\"");
  }

  @Test
  void aQuotedNumberIsAText() {
    assertThat(section("n", quoted("5")).count("n")).isEmpty();
    assertThat(messages()).containsExactly("n must be a whole number, at least 0, got \"5\"");
  }

  @Test
  void zeroIsADurationOnlyWhereItIsAskedFor() {
    Section section = section("d", plain("0"));

    assertThat(section.duration("d")).isEmpty();
    assertThat(section.durationOrZero("d")).contains(Duration.ZERO);
    assertThat(problems).isEmpty();
  }

  @Test
  void keysThatExcludeEachOtherAreReportedAtTheSecond() {
    Section section =
        new Section("s", mapping(entry("a", plain("1")), entry("b", plain("2"))), PATH, problems);

    section.exclusive("a", "b");
    section.exclusive("a", "c");

    assertThat(messages()).containsExactly("a and b exclude each other in s; keep one of them");
  }

  @Test
  void anEmptyTextExcludesNothing() {
    Section section =
        new Section("s", mapping(entry("a", quoted("")), entry("b", plain("2"))), PATH, problems);

    section.exclusive("a", "b");

    assertThat(problems).isEmpty();
  }

  @Test
  void valuesOfSectionsThatMayHoldSecretsAreNotQuoted() {
    Section section =
        section("basic_auth", mapping(entry("x", mapping(entry("y", plain("hunter2"))))));

    Section inner = section.section("basic_auth").orElseThrow().section("x").orElseThrow();
    inner.bool("y", false);
    section("basic_auth", plain("hunter2")).section("basic_auth");
    section("headers", plain("hunter2")).mapping("headers");

    assertThat(messages())
        .containsExactly(
            "y must be true or false, got a single value",
            "s.basic_auth must be a mapping, got a single value",
            "headers must be a mapping, got a single value");
  }

  @Test
  void aTitleIsForMessagesAndNotForTheNamesOfSectionsInside() {
    Section section = section("in", mapping(entry("x", plain("1")))).titled("s (job \"a\")");

    section.section("in").orElseThrow().refuseOthers();
    section.titled("s (job \"a\")").refuseOthers();

    assertThat(messages())
        .containsExactly("unknown key \"x\" in s.in", "unknown key \"in\" in s (job \"a\")");
  }

  @Test
  void theSectionsOfAListAreNumbered() {
    Section section =
        section("l", new ConfigNode.Sequence(Position.START, List.of(mapping(), plain("x"))));

    assertThat(section.sections("l")).extracting(Section::name).containsExactly("s.l[0]", "s.l[1]");
    assertThat(messages()).containsExactly("s.l[1] must be a mapping, got \"x\"");
  }

  @Test
  void aKeyWithoutAValueIsNotGivenButKnown() {
    Section section = section("k", new ConfigNode.Scalar(Position.START, "", true, true));

    assertThat(section.isNull("k")).isTrue();
    assertThat(section.string("k")).isEmpty();
    section.refuseOthers();
    assertThat(problems).isEmpty();
  }

  private static final Path PATH = Path.of("");

  private List<String> messages() {
    return problems.stream().map(Problem::message).toList();
  }

  private Section section(String key, ConfigNode value) {
    return new Section("s", mapping(entry(key, value)), PATH, problems);
  }

  private static ConfigNode mapping(ConfigNode.Entry... entries) {
    return new ConfigNode.Mapping(Position.START, List.of(entries));
  }

  private static ConfigNode.Entry entry(String key, ConfigNode value) {
    return new ConfigNode.Entry(key, Position.START, value);
  }

  private static ConfigNode plain(String text) {
    return new ConfigNode.Scalar(Position.START, text, true, false);
  }

  private static ConfigNode quoted(String text) {
    return new ConfigNode.Scalar(Position.START, text, false, false);
  }

  @Test
  void placesThatAreReportedAreKnownHoweverTheyWereAdded() {
    Section section = section("a", plain("x"));
    Section child = section.section("c", mapping());
    Position one = new Position(7, 1);
    Position other = new Position(8, 1);

    assertThat(section.isReported(one)).isFalse();
    child.report(one, "wrong");
    assertThat(section.isReported(one)).isTrue();
    assertThat(section.titled("t").isReported(one)).isTrue();
    problems.add(new Problem(other, "wrong"));
    assertThat(section.isReported(other)).isTrue();
    problems.clear();
    assertThat(section.isReported(one)).isFalse();
    assertThat(section.isReported(other)).isFalse();
  }

  @Test
  void askingForAPlaceDoesNotGoThroughAllProblems() {
    LookedAt counted = new LookedAt();
    Section root = new Section("s", mapping(), PATH, counted);
    for (int i = 1; i <= 1000; i++) {
      Section rule = root.section("r", mapping());
      rule.report(new Position(i, 1), "wrong");
      assertThat(rule.isReported(new Position(i, 1))).isTrue();
    }

    assertThat(counted.looks).isLessThanOrEqualTo(1000);
  }

  /** Counts how many problems are looked at. */
  private static final class LookedAt extends AbstractList<Problem> {
    private final List<Problem> problems = new ArrayList<>();
    private int looks;

    @Override
    public Problem get(int index) {
      looks++;
      return problems.get(index);
    }

    @Override
    public int size() {
      return problems.size();
    }

    @Override
    public void add(int index, Problem problem) {
      problems.add(index, problem);
    }
  }
}
