package io.narthex.tck.notify;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Section;
import io.narthex.spi.notify.Delivery;
import io.narthex.spi.notify.FailureReason;
import io.narthex.spi.notify.Notification;
import io.narthex.spi.notify.Notifier;
import io.narthex.spi.notify.NotifierContext;
import io.narthex.spi.notify.NotifierFactory;
import io.narthex.tck.discovery.SectionNodes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract accepts a good factory and refuses each kind of bad one. */
class NotifierContractTest {
  private static final String TOKEN = "hush-hush";

  /** A receiver in memory. */
  private static final class Receiver {
    private final List<String> received = new CopyOnWriteArrayList<>();
    private volatile NotifierContract.Mood mood = NotifierContract.Mood.WELL;

    Delivery take(Notification notification) throws InterruptedException {
      switch (mood) {
        case REFUSING -> {
          return new Delivery.Failed(FailureReason.CLIENT_ERROR, false, "refused");
        }
        case HANGING -> new CountDownLatch(1).await(30, TimeUnit.SECONDS);
        case WELL -> received.add(notification.groupKey());
      }
      return new Delivery.Done();
    }
  }

  private interface Maker {
    NotifierFactory factory(Receiver receiver);
  }

  private abstract static class Sample extends NotifierContract {
    private final Receiver receiver = new Receiver();
    private final Maker maker;

    Sample(Maker maker) {
      this.maker = maker;
    }

    @Override
    protected NotifierFactory factory() {
      return maker.factory(receiver);
    }

    @Override
    protected ConfigNode validSection() {
      return SectionNodes.of(Map.of("token", TOKEN));
    }

    @Override
    protected Map<ConfigNode, String> invalidSections() {
      return Map.of(
          SectionNodes.of(Map.of()), "token is missing",
          SectionNodes.of(Map.of("token", List.of())), "token must be a string");
    }

    @Override
    protected List<String> received() {
      return receiver.received;
    }

    @Override
    protected boolean receiver(Mood mood) {
      receiver.mood = mood;
      return true;
    }

    @Override
    protected List<String> secrets() {
      return List.of(TOKEN);
    }
  }

  private static void read(Section section) {
    if (section.secret("token").isEmpty()) {
      section.report(section.position(), "token is missing");
    }
  }

  private static Maker delivering(DeliveryOf delivery) {
    return receiver ->
        (section, context) -> {
          read(section);
          return notification -> delivery.of(receiver, notification);
        };
  }

  private interface DeliveryOf {
    Delivery of(Receiver receiver, Notification notification) throws Exception;
  }

  @Nested
  class Good extends Sample {
    Good() {
      super(delivering(Receiver::take));
    }
  }

  private interface Check {
    void run(NotifierContract contract) throws Exception;
  }

  private static Arguments bad(String message, Check check, Maker maker) {
    return Arguments.of(message, check, maker);
  }

  private static NotifierFactory creating(Receiver receiver, Runnable effect) {
    return (section, context) -> {
      read(section);
      effect.run();
      return receiver::take;
    };
  }

  /** Not a plain park: that returns at once when a permit is left from somewhere else. */
  private static void waitLong() {
    long end = System.nanoTime() + 2_500_000_000L;
    for (long left; (left = end - System.nanoTime()) > 0; ) {
      LockSupport.parkNanos(left);
    }
  }

  static Stream<Arguments> bads() {
    return Stream.of(
        bad(
            "unknown key",
            NotifierContract::aRightSectionIsAcceptedWithAllItsKeys,
            receiver -> (section, context) -> receiver::take),
        bad(
            "before anything was delivered",
            NotifierContract::itIsAcceptedAgainAndAgainWithoutEffect,
            receiver -> creating(receiver, () -> receiver.received.add("hello"))),
        bad(
            "problems of",
            NotifierContract::aWrongSectionIsReportedWithWhatIsWrong,
            receiver ->
                (section, context) -> {
                  section.value("token");
                  return receiver::take;
                }),
        bad(
            "Expected size: 1 but was: 0",
            NotifierContract::aKeyOfNobodyIsLeftToTheCaller,
            receiver ->
                (section, context) -> {
                  read(section);
                  section.value("x_no_such_key");
                  return receiver::take;
                }),
        bad(
            "no mapping",
            NotifierContract::anEmptySectionIsAnsweredAndNotThrownAt,
            receiver -> NotifierContractTest::throwing),
        bad(
            "received",
            NotifierContract::eachDeliveryArrivesOnce,
            delivering(
                (receiver, notification) -> {
                  receiver.take(notification);
                  return receiver.take(notification);
                })),
        bad(
            "received",
            NotifierContract::eachDeliveryArrivesOnce,
            delivering((receiver, notification) -> new Delivery.Done())),
        bad(
            "Failed",
            NotifierContract::alertsThatEndedArrive,
            delivering(
                (receiver, notification) ->
                    notification.status().equals("firing")
                        ? receiver.take(notification)
                        : new Delivery.Failed(FailureReason.OTHER, false, "not that"))),
        bad(
            "Failed",
            NotifierContract::manyAlertsArrive,
            delivering(
                (receiver, notification) ->
                    notification.alerts().size() < 100
                        ? receiver.take(notification)
                        : new Delivery.Failed(FailureReason.OTHER, false, "too many"))),
        bad(
            "markup",
            NotifierContract::hardTextsArrive,
            delivering(
                (receiver, notification) -> {
                  if (notification.alerts().getFirst().labels().get("text").contains("<")) {
                    throw new IllegalArgumentException("markup");
                  }
                  return receiver.take(notification);
                })),
        bad(
            "a message",
            NotifierContract::aRefusalIsAFailureThatSaysWhyAndNoSecrets,
            delivering(
                (receiver, notification) ->
                    receiver.take(notification) instanceof Delivery.Failed
                        ? new Delivery.Failed(FailureReason.OTHER, false, "not with " + TOKEN)
                        : new Delivery.Done())),
        bad(
            "message",
            NotifierContract::aRefusalIsAFailureThatSaysWhyAndNoSecrets,
            delivering(
                (receiver, notification) -> {
                  receiver.take(notification);
                  return new Delivery.Failed(FailureReason.OTHER, false, "");
                })),
        bad(
            "ending",
            NotifierContract::anInterruptEndsADeliveryThatHangs,
            delivering(
                (receiver, notification) -> {
                  try {
                    return receiver.take(notification);
                  } catch (InterruptedException e) {
                    waitLong();
                    throw e;
                  }
                })),
        bad(
            "hangs",
            NotifierContract::anInterruptEndsADeliveryThatHangs,
            delivering((receiver, notification) -> new Delivery.Done())),
        bad(
            "closed",
            NotifierContract::oneGoesOnWhenTheOtherOfTheSameSectionIsClosed,
            NotifierContractTest::sharing),
        bad("twice", NotifierContract::closingTwiceDoesNothing, NotifierContractTest::closableOnce),
        bad(
            "NullPointerException",
            NotifierContract::theCallersClassLoaderDoesNotMatter,
            delivering(
                (receiver, notification) -> {
                  Thread.currentThread().getContextClassLoader().getResource("x");
                  return receiver.take(notification);
                })));
  }

  private static Notifier throwing(Section section, NotifierContext context) {
    if (!section.isMapping()) {
      throw new IllegalStateException("no mapping");
    }
    return notification -> new Delivery.Done();
  }

  /** All that it makes ends with the first that is closed. */
  private static NotifierFactory sharing(Receiver receiver) {
    CountDownLatch closed = SHARED;
    return (section, context) -> {
      read(section);
      return new Notifier() {
        @Override
        public Delivery deliver(Notification notification) throws Exception {
          if (closed.getCount() == 0) {
            throw new IllegalStateException("closed");
          }
          return receiver.take(notification);
        }

        @Override
        public void close() {
          closed.countDown();
        }
      };
    };
  }

  private static final CountDownLatch SHARED = new CountDownLatch(1);

  private static NotifierFactory closableOnce(Receiver receiver) {
    return (section, context) -> {
      read(section);
      return new Notifier() {
        private boolean closed;

        @Override
        public Delivery deliver(Notification notification) throws Exception {
          return receiver.take(notification);
        }

        @Override
        public void close() {
          if (closed) {
            throw new IllegalStateException("twice");
          }
          closed = true;
        }
      };
    };
  }

  @ParameterizedTest(name = "{index} {0}")
  @MethodSource("bads")
  void isRefused(String message, Check check, Maker maker) {
    assertThatThrownBy(() -> check.run(new Sample(maker) {}))
        .satisfies(e -> org.assertj.core.api.Assertions.assertThat(causes(e)).contains(message));
  }

  private static String causes(Throwable thrown) {
    StringBuilder text = new StringBuilder();
    for (Throwable e = thrown; e != null; e = e.getCause()) {
      text.append(e).append('\n');
    }
    return text.toString();
  }
}
