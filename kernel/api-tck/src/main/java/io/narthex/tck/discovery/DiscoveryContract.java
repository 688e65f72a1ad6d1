package io.narthex.tck.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Position;
import io.narthex.api.section.Problem;
import io.narthex.api.section.Section;
import io.narthex.spi.discovery.Discovery;
import io.narthex.spi.discovery.DiscoveryFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every {@link DiscoveryFactory} and what it makes must do. A test class of yours extends this
 * one, says how the factory is made, and gives a section that finds something and sections that are
 * wrong.
 */
public abstract class DiscoveryContract {
  /** What must happen at once, on a busy machine. */
  private static final Duration AT_ONCE = Duration.ofSeconds(2);

  private static final Duration SOON = Duration.ofSeconds(10);

  /** How long what is closed is watched after another one of the same section saw a change. */
  private static final Duration LINGER = Duration.ofMillis(200);

  /** The folder of the configuration's file; relative paths in sections lie below it. */
  @TempDir protected Path folder;

  /** The factory; it may be the same for each call. */
  protected abstract DiscoveryFactory factory() throws Exception;

  /** A section with every key the mechanism has, which finds at least one target soon. */
  protected abstract ConfigNode validSection() throws Exception;

  /** Sections that are wrong, each with a part of the message that says so. */
  protected abstract Map<ConfigNode, String> invalidSections() throws Exception;

  /**
   * Changes what there is to find, so that a discovery that runs hears of it soon.
   *
   * @return false if the test cannot do that: then less is tested
   */
  protected boolean disturb() throws Exception {
    return false;
  }

  @Test
  void aRightSectionIsAcceptedWithAllItsKeys() throws Exception {
    assertThat(problems(validSection())).isEmpty();
  }

  @Test
  void itIsAcceptedAgainAndAgain() throws Exception {
    DiscoveryFactory factory = factory();
    for (int i = 0; i < 100; i++) {
      List<Problem> problems = new ArrayList<>();
      factory.create(section(validSection(), problems));
      assertThat(problems).isEmpty();
    }
  }

  @Test
  void aWrongSectionIsReportedWithWhatIsWrong() throws Exception {
    Map<ConfigNode, String> invalid = invalidSections();
    assertThat(invalid).as("wrong sections").isNotEmpty();
    for (Map.Entry<ConfigNode, String> entry : invalid.entrySet()) {
      assertThat(problems(entry.getKey()).stream().map(Problem::message))
          .as("problems of %s", entry.getKey())
          .anyMatch(message -> message.contains(entry.getValue()));
    }
  }

  @Test
  void aKeyOfNobodyIsLeftToTheCaller() throws Exception {
    ConfigNode.Mapping valid = (ConfigNode.Mapping) validSection();
    List<ConfigNode.Entry> entries = new ArrayList<>(valid.entries());
    entries.add(
        new ConfigNode.Entry(
            "x_no_such_key",
            new Position(99, 3),
            new ConfigNode.Scalar(new Position(99, 20), "1", true, false)));
    assertThat(problems(new ConfigNode.Mapping(valid.position(), entries)))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("x_no_such_key"))
        .satisfies(problem -> assertThat(problem.position()).isEqualTo(new Position(99, 3)));
  }

  @Test
  void anEmptySectionIsAnsweredAndNotThrownAt() throws Exception {
    problems(SectionNodes.of(Map.of()));
    problems(ConfigNode.nothing());
  }

  @Test
  void itStartsAtOnceAndFindsSomethingSoon() throws Exception {
    HeardGroups heard = new HeardGroups();
    try (Discovery discovery = valid()) {
      start(discovery, heard);
      heard.await("a target", SOON, h -> !h.groups().isEmpty());
    }
    check(heard);
  }

  @Test
  void everyTargetHasAnAddress() throws Exception {
    HeardGroups heard = new HeardGroups();
    try (Discovery discovery = valid()) {
      discovery.start(heard);
      heard.await("a target", SOON, h -> !h.groups().isEmpty());
    }
    heard
        .groups()
        .values()
        .forEach(
            group ->
                assertThat(group.targets())
                    .as("targets of %s", group.source())
                    .allMatch(target -> target.has("__address__")));
  }

  @Test
  void twoOfTheSameSectionFindTheSame() throws Exception {
    HeardGroups first = new HeardGroups();
    HeardGroups second = new HeardGroups();
    try (Discovery one = valid();
        Discovery two = valid()) {
      one.start(first);
      two.start(second);
      first.await("a target", SOON, h -> !h.groups().isEmpty());
      second.await("the same", SOON, h -> h.groups().equals(first.groups()));
    }
  }

  @Test
  void oneGoesOnWhenTheOtherOfTheSameSectionIsClosed() throws Exception {
    HeardGroups first = new HeardGroups();
    HeardGroups second = new HeardGroups();
    Discovery one = valid();
    try (Discovery two = valid()) {
      one.start(first);
      two.start(second);
      first.await("a target", SOON, h -> !h.groups().isEmpty());
      second.await("a target", SOON, h -> !h.groups().isEmpty());
      one.close();
      int before = first.calls();
      if (disturbed(second)) {
        assertThat(first.hears(before, LINGER)).as("calls after closing").isEqualTo(before);
      }
    }
  }

  @Test
  void itEndsAtOnceWhereverItIs() throws Exception {
    for (int i = 0; i < 20; i++) {
      HeardGroups heard = new HeardGroups();
      Discovery discovery = valid();
      start(discovery, heard);
      if (i % 2 == 1) {
        heard.await("an answer", SOON, h -> h.calls() > 0);
      }
      long begin = System.nanoTime();
      discovery.close();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(AT_ONCE);
      check(heard);
    }
  }

  private boolean disturbed(HeardGroups witness) throws Exception {
    Map<?, ?> before = witness.groups();
    if (!disturb()) {
      return false;
    }
    witness.await("a change", SOON, h -> !h.groups().equals(before));
    return true;
  }

  private static void start(Discovery discovery, HeardGroups heard) {
    long begin = System.nanoTime();
    discovery.start(heard);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).as("start").isLessThan(AT_ONCE);
  }

  private static void check(HeardGroups heard) {
    assertThat(heard.complaints()).isEmpty();
  }

  private Discovery valid() throws Exception {
    return factory().create(section(validSection(), new ArrayList<>()));
  }

  private List<Problem> problems(ConfigNode node) throws Exception {
    List<Problem> problems = new ArrayList<>();
    Section section = section(node, problems);
    factory().create(section);
    section.refuseOthers();
    assertThat(problems).allSatisfy(p -> assertThat(p.message()).isNotBlank());
    return problems;
  }

  private Section section(ConfigNode node, List<Problem> problems) {
    return new Section("the section", node, folder, problems);
  }
}
