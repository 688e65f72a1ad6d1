package io.narthex.discovery.file.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.discovery.file.internal.read.FileSight;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WatchedFileTest {
  private static final FileSight ABSENT = new FileSight.Absent();

  private final WatchedFile file = new WatchedFile("x.yml");
  private long millis = 1_000;

  @Test
  void whatIsSeenFirstCountsAtOnce() {
    assertThat(look(yaml("a", "b"))).isEmpty();
    assertThat(targets()).containsExactly("a", "b");
  }

  @Test
  void aChangeCountsWhenItHasBeenThereForAWhile() {
    look(yaml("a"));
    assertThat(look(replaced("b"))).contains(Duration.ofMillis(300));
    assertThat(targets()).containsExactly("a");
    millis += 299;
    assertThat(look(replaced("b"))).contains(Duration.ofMillis(1));
    millis += 1;
    assertThat(look(replaced("b"))).isEmpty();
    assertThat(targets()).containsExactly("b");
  }

  @Test
  void aFileThatGoesOnChangingIsWaitedForAndThenTaken() {
    look(yaml("a"));
    int steps = 0;
    while (targets().equals(List.of("a"))) {
      look(yaml("a", "b" + steps++));
      millis += 200;
    }
    assertThat(steps).isBetween(25, 26);
  }

  @Test
  void aFileThatIsWrittenInPlaceLosesNoTargetWhileItGrowsAgain() {
    look(yaml("a", "b", "c"));
    look(content(""));
    millis += 1_500;
    for (String[] now : List.of(new String[] {"a"}, new String[] {"a", "b"})) {
      look(yaml(now));
      assertThat(targets()).containsExactly("a", "b", "c");
      millis += 1_500;
    }
    look(yaml("a", "b", "c", "d"));
    millis += 300;
    look(yaml("a", "b", "c", "d"));
    assertThat(targets()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void aFileWithFewerTargetsCountsAfterTwoSecondsIfWrittenInPlaceAndSoonerIfReplaced() {
    look(yaml("a", "b"));
    assertThat(look(yaml("a"))).contains(Duration.ofSeconds(2));
    assertThat(look(replaced("b"))).contains(Duration.ofMillis(300));
  }

  @Test
  void aFileThatIsEmptyKeepsItsTargetsForHalfAMinute() {
    look(yaml("a"));
    assertThat(look(content("# soon\n"))).contains(Duration.ofSeconds(30));
    millis += 29_999;
    look(content("# soon\n"));
    assertThat(targets()).containsExactly("a");
    millis += 1;
    look(content("# soon\n"));
    assertThat(targets()).isEmpty();
    assertThat(file.isGone()).isFalse();
  }

  @Test
  void aFileThatSaysNoTargetsHasNoneSoon() {
    look(yaml("a"));
    look(content("[]"));
    millis += 2_000;
    look(content("[]"));
    assertThat(targets()).isEmpty();
  }

  @Test
  void aFileWithAnErrorKeepsItsTargetsAndSaysWhatIsWrongUntilItIsRight() {
    look(yaml("a"));
    settle(content("- targets: 5\n- x: y"));
    assertThat(targets()).containsExactly("a");
    assertThat(file.problem())
        .contains("x.yml:1:12: targets must be a list, got \"5\" (and 1 more)");
    settle(yaml("b"));
    assertThat(targets()).containsExactly("b");
    assertThat(file.problem()).isEmpty();
  }

  @Test
  void anErrorOfAMomentIsNotSaid() {
    look(yaml("a"));
    look(content("- targets: [a"));
    millis += 200;
    assertThat(look(yaml("a"))).isEmpty();
    assertThat(file.problem()).isEmpty();
  }

  @Test
  void anErrorFromTheBeginningIsSaidWhenItStays() {
    assertThat(look(content("- targets: [a"))).isPresent();
    assertThat(file.problem()).isEmpty();
    settle(content("- targets: [a"));
    assertThat(file.problem()).isPresent();
    assertThat(file.groups()).isEmpty();
  }

  @Test
  void whatCannotBeReadKeepsItsTargets() {
    look(yaml("a"));
    settle(new FileSight.Unreadable("the disk is gone"));
    assertThat(targets()).containsExactly("a");
    assertThat(file.problem()).contains("x.yml: cannot be read: the disk is gone");
  }

  @Test
  void aFileThatIsGoneForAWhileHasNoTargets() {
    look(yaml("a"));
    assertThat(look(ABSENT)).contains(Duration.ofMillis(300));
    assertThat(targets()).containsExactly("a");
    millis += 300;
    look(ABSENT);
    assertThat(targets()).isEmpty();
    assertThat(file.isGone()).isTrue();
  }

  @Test
  void aFileThatIsGoneForAMomentKeepsThem() {
    look(yaml("a"));
    look(ABSENT);
    millis += 250;
    look(replaced("a"));
    millis += 10_000;
    assertThat(look(replaced("a"))).isEmpty();
    assertThat(file.isGone()).isFalse();
    assertThat(targets()).containsExactly("a");
  }

  private void settle(FileSight sight) {
    look(sight);
    millis += 2_000;
    look(sight);
  }

  private Optional<Duration> look(FileSight sight) {
    return file.look(sight, millis * 1_000_000);
  }

  private List<String> targets() {
    return file.groups().stream()
        .flatMap(group -> group.targets().stream())
        .map(target -> target.get("__address__"))
        .toList();
  }

  private static FileSight yaml(String... targets) {
    return content(text(targets));
  }

  private static FileSight replaced(String... targets) {
    return sight(text(targets), "another");
  }

  private static String text(String... targets) {
    return Stream.of(targets).map("- targets: [%s]\n"::formatted).reduce("", String::concat);
  }

  private static FileSight content(String text) {
    return sight(text, "the file");
  }

  private static FileSight sight(String text, String identity) {
    return new FileSight.Readable(text, text.getBytes(StandardCharsets.UTF_8), identity, 0);
  }
}
