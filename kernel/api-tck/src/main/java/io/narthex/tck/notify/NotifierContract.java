package io.narthex.tck.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Position;
import io.narthex.api.section.Problem;
import io.narthex.api.section.Section;
import io.narthex.api.template.TemplateSet;
import io.narthex.spi.notify.Delivery;
import io.narthex.spi.notify.Notification;
import io.narthex.spi.notify.Notifier;
import io.narthex.spi.notify.NotifierContext;
import io.narthex.spi.notify.NotifierFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every {@link NotifierFactory} and what it makes must do. A test class of yours extends this
 * one, says how the factory is made, runs a receiver on this machine, and gives a section that
 * delivers to it and sections that are wrong.
 */
public abstract class NotifierContract {
  /** What must happen at once, on a busy machine. */
  private static final Duration AT_ONCE = Duration.ofSeconds(2);

  private static final Duration SOON = Duration.ofSeconds(20);

  /** The folder of the configuration's file; relative paths in sections lie below it. */
  @TempDir protected Path folder;

  /** What the receiver does with what it gets. */
  public enum Mood {
    /** It takes it. */
    WELL,
    /** It refuses it. */
    REFUSING,
    /** It takes connections, if there are any, and never answers. */
    HANGING
  }

  /** The factory; it may be the same for each call. */
  protected abstract NotifierFactory factory() throws Exception;

  /** A section with every key that can stand with the others, which delivers to the receiver. */
  protected abstract ConfigNode validSection() throws Exception;

  /** Sections that are wrong, each with a part of the message that says so. */
  protected abstract Map<ConfigNode, String> invalidSections() throws Exception;

  /** What the receiver got so far, each as text in which a group's name can be found. */
  protected abstract List<String> received() throws Exception;

  /**
   * Tells the receiver what to do from now on; until then all is well.
   *
   * @return false if it cannot: then less is tested
   */
  protected abstract boolean receiver(Mood mood) throws Exception;

  /** The {@code global} section of the file. */
  protected ConfigNode global() throws Exception {
    return ConfigNode.nothing();
  }

  /** The definitions that templates may refer to. */
  protected TemplateSet templates() {
    return PathTemplates.withDefaults();
  }

  /** What stands in the sections and must not appear in messages. */
  protected List<String> secrets() {
    return List.of();
  }

  @Test
  void aRightSectionIsAcceptedWithAllItsKeys() throws Exception {
    assertThat(problems(validSection())).isEmpty();
  }

  @Test
  void itIsAcceptedAgainAndAgainWithoutEffect() throws Exception {
    NotifierFactory factory = factory();
    for (int i = 0; i < 100; i++) {
      List<Problem> problems = new ArrayList<>();
      factory.create(section(validSection(), problems), context(problems)).close();
      assertThat(problems).isEmpty();
    }
    assertThat(received()).as("received before anything was delivered").isEmpty();
  }

  @Test
  void aWrongSectionIsReportedWithWhatIsWrong() throws Exception {
    Map<ConfigNode, String> invalid = invalidSections();
    assertThat(invalid).as("wrong sections").isNotEmpty();
    for (Map.Entry<ConfigNode, String> entry : invalid.entrySet()) {
      assertThat(problems(entry.getKey()).stream().map(Problem::message))
          .as("problems of %s", entry.getKey())
          .anyMatch(message -> message.contains(entry.getValue()))
          .allSatisfy(this::holdsNoSecret);
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
    problems(new ConfigNode.Mapping(Position.START, List.of()));
    problems(ConfigNode.nothing());
  }

  @Test
  void eachDeliveryArrivesOnce() throws Exception {
    try (Notifier notifier = valid()) {
      for (int i = 1; i <= 3; i++) {
        done(notifier, Notifications.firing("group-" + i));
        assertThat(received()).as("received").hasSize(i);
        assertThat(received().getLast()).contains("group-" + i);
      }
    }
  }

  @Test
  void alertsThatEndedArrive() throws Exception {
    try (Notifier notifier = valid()) {
      done(notifier, Notifications.resolved("ended"));
    }
    assertThat(received()).singleElement().asString().contains("ended");
  }

  @Test
  void manyAlertsArrive() throws Exception {
    try (Notifier notifier = valid()) {
      done(notifier, Notifications.many("many", 1000));
    }
    assertThat(received()).hasSize(1);
  }

  @Test
  void hardTextsArrive() throws Exception {
    List<Notification> hard = Notifications.hard();
    try (Notifier notifier = valid()) {
      for (Notification notification : hard) {
        done(notifier, notification);
      }
    }
    assertThat(received()).hasSize(hard.size());
  }

  @Test
  void aRefusalIsAFailureThatSaysWhyAndNoSecrets() throws Exception {
    try (Notifier notifier = valid()) {
      if (!receiver(Mood.REFUSING)) {
        return;
      }
      failed(deliver(notifier, Notifications.firing("refused")));
      receiver(Mood.WELL);
      done(notifier, Notifications.firing("afterwards"));
    }
    assertThat(received().getLast()).contains("afterwards");
  }

  @Test
  void anInterruptEndsADeliveryThatHangs() throws Exception {
    try (Notifier notifier = valid()) {
      if (!receiver(Mood.HANGING)) {
        return;
      }
      interrupted(notifier);
      receiver(Mood.WELL);
      done(notifier, Notifications.firing("afterwards"));
    }
    assertThat(received().getLast()).contains("afterwards");
  }

  @Test
  void oneGoesOnWhenTheOtherOfTheSameSectionIsClosed() throws Exception {
    Notifier one = valid();
    try (Notifier two = valid()) {
      done(one, Notifications.firing("one"));
      done(two, Notifications.firing("two"));
      one.close();
      done(two, Notifications.firing("three"));
    }
    assertThat(received()).hasSize(3);
  }

  @Test
  void closingTwiceDoesNothing() throws Exception {
    Notifier notifier = valid();
    done(notifier, Notifications.firing("a"));
    long begin = System.nanoTime();
    notifier.close();
    assertThatCode(notifier::close).doesNotThrowAnyException();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).as("closing").isLessThan(AT_ONCE);
  }

  @Test
  void theCallersClassLoaderDoesNotMatter() throws Exception {
    try (Notifier notifier = valid()) {
      CompletableFuture<Delivery> delivery = new CompletableFuture<>();
      Thread thread = start(notifier, Notifications.firing("a"), delivery);
      thread.setContextClassLoader(null);
      thread.start();
      assertThat(delivery.get(SOON.toMillis(), TimeUnit.MILLISECONDS))
          .isEqualTo(new Delivery.Done());
    }
  }

  private void interrupted(Notifier notifier) throws Exception {
    CompletableFuture<Delivery> delivery = new CompletableFuture<>();
    Thread thread = start(notifier, Notifications.firing("hanging"), delivery);
    thread.start();
    assertStillRuns(delivery);
    long begin = System.nanoTime();
    thread.interrupt();
    try {
      failed(delivery.get(SOON.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      holdsNoSecret(String.valueOf(e.getCause()));
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).as("ending").isLessThan(AT_ONCE);
    thread.join(SOON.toMillis());
    assertThat(thread.isAlive()).as("still delivering").isFalse();
  }

  private static void assertStillRuns(CompletableFuture<Delivery> delivery) throws Exception {
    try {
      Delivery early = delivery.get(300, TimeUnit.MILLISECONDS);
      throw new AssertionError("ended though the receiver hangs: " + early);
    } catch (TimeoutException e) {
      assertThat(delivery).isNotDone();
    }
  }

  private static Thread start(
      Notifier notifier, Notification notification, CompletableFuture<Delivery> delivery) {
    return new Thread(
        () -> {
          try {
            delivery.complete(notifier.deliver(notification));
          } catch (Throwable e) {
            delivery.completeExceptionally(e);
          }
        },
        "delivery");
  }

  private void failed(Delivery delivery) {
    assertThat(delivery).isInstanceOf(Delivery.Failed.class);
    String message = ((Delivery.Failed) delivery).message();
    assertThat(message).as("message").isNotBlank();
    holdsNoSecret(message);
  }

  private void holdsNoSecret(String message) {
    for (String secret : secrets()) {
      assertThat(message).as("a message").doesNotContain(secret);
    }
  }

  private void done(Notifier notifier, Notification notification) throws Exception {
    assertThat(deliver(notifier, notification)).isEqualTo(new Delivery.Done());
  }

  private static Delivery deliver(Notifier notifier, Notification notification) throws Exception {
    return notifier.deliver(notification);
  }

  private Notifier valid() throws Exception {
    List<Problem> problems = new ArrayList<>();
    return factory().create(section(validSection(), problems), context(problems));
  }

  private List<Problem> problems(ConfigNode node) throws Exception {
    List<Problem> problems = new ArrayList<>();
    Section section = section(node, problems);
    factory().create(section, context(problems)).close();
    section.refuseOthers();
    assertThat(problems).allSatisfy(p -> assertThat(p.message()).isNotBlank());
    return problems;
  }

  private NotifierContext context(List<Problem> problems) throws Exception {
    return new NotifierContext(new Section("global", global(), folder, problems), templates());
  }

  private Section section(ConfigNode node, List<Problem> problems) {
    return new Section("the section", node, folder, problems);
  }
}
