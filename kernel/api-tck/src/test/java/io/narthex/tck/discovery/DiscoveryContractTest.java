package io.narthex.tck.discovery;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.model.Labels;
import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Section;
import io.narthex.spi.discovery.Discovery;
import io.narthex.spi.discovery.DiscoveryFactory;
import io.narthex.spi.discovery.TargetGroup;
import io.narthex.spi.discovery.TargetGroupListener;
import io.narthex.spi.discovery.support.PeriodicDiscovery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract accepts a good factory and refuses each kind of bad one. */
class DiscoveryContractTest {
  private static final ScheduledExecutorService SCHEDULER = Executors.newScheduledThreadPool(2);
  private static final AtomicInteger COUNTER = new AtomicInteger();

  @AfterAll
  static void stop() {
    SCHEDULER.shutdownNow();
  }

  private abstract static class Sample extends DiscoveryContract {
    private final DiscoveryFactory factory;

    Sample(DiscoveryFactory factory) {
      this.factory = factory;
    }

    @Override
    protected DiscoveryFactory factory() {
      return factory;
    }

    @Override
    protected ConfigNode validSection() {
      return SectionNodes.of(Map.of("address", "localhost"));
    }

    @Override
    protected Map<ConfigNode, String> invalidSections() {
      return Map.of(
          SectionNodes.of(Map.of()), "address is missing",
          SectionNodes.of(Map.of("address", List.of())), "address must be a string");
    }

    @Override
    protected boolean disturb() {
      COUNTER.incrementAndGet();
      return true;
    }
  }

  @Nested
  class Good extends Sample {
    Good() {
      super(
          section -> {
            String address = address(section);
            return new PeriodicDiscovery(SCHEDULER, Duration.ofMillis(5)) {
              @Override
              protected List<TargetGroup> refresh() {
                return List.of(group("a", address + ":" + COUNTER.get()));
              }
            };
          });
    }

    @AfterEach
    void restart() {
      COUNTER.set(0);
    }
  }

  private interface Check {
    void run(DiscoveryContract contract) throws Exception;
  }

  private interface Begin {
    void start(TargetGroupListener listener);
  }

  private static String address(Section section) {
    return section
        .string("address")
        .orElseGet(
            () -> {
              section.report(section.position(), "address is missing");
              return "";
            });
  }

  private static TargetGroup group(String source, String address) {
    return new TargetGroup(source, List.of(Labels.of("__address__", address)), Labels.EMPTY);
  }

  private static DiscoveryFactory starting(Begin begin) {
    return section -> {
      address(section);
      return discovery(begin, () -> {});
    };
  }

  private static Discovery discovery(Begin begin, Runnable end) {
    return new Discovery() {
      @Override
      public void start(TargetGroupListener listener) {
        begin.start(listener);
      }

      @Override
      public void close() {
        end.run();
      }
    };
  }

  /** Not a plain park: that returns at once when a permit is left from somewhere else. */
  private static void waitLong() {
    long end = System.nanoTime() + 2_500_000_000L;
    for (long left; (left = end - System.nanoTime()) > 0; ) {
      LockSupport.parkNanos(left);
    }
  }

  /** Goes on for ever, whatever is closed; those that began earlier hear of a change earlier. */
  private static Begin telling() {
    List<TargetGroupListener> listeners = new CopyOnWriteArrayList<>();
    return listener -> {
      listeners.add(listener);
      if (listeners.size() == 1) {
        SCHEDULER.scheduleWithFixedDelay(
            () -> {
              List<TargetGroup> groups = List.of(group("a", "b" + COUNTER.get()));
              listeners.forEach(each -> each.update(groups));
            },
            0,
            1,
            TimeUnit.MILLISECONDS);
      }
    };
  }

  private static Arguments bad(String message, Check check, DiscoveryFactory factory) {
    return Arguments.of(message, check, factory);
  }

  static Stream<Arguments> bads() {
    return Stream.of(
        bad(
            "unknown key",
            DiscoveryContract::aRightSectionIsAcceptedWithAllItsKeys,
            section -> discovery(listener -> {}, () -> {})),
        bad(
            "problems of",
            DiscoveryContract::aWrongSectionIsReportedWithWhatIsWrong,
            section -> {
              section.value("address");
              return discovery(listener -> {}, () -> {});
            }),
        bad(
            "Expected size: 1 but was: 0",
            DiscoveryContract::aKeyOfNobodyIsLeftToTheCaller,
            section -> {
              address(section);
              section.value("x_no_such_key");
              return discovery(listener -> {}, () -> {});
            }),
        bad(
            "start",
            DiscoveryContract::itStartsAtOnceAndFindsSomethingSoon,
            starting(
                listener -> {
                  waitLong();
                  listener.update(List.of(group("a", "b")));
                })),
        bad(
            "names a source twice",
            DiscoveryContract::itStartsAtOnceAndFindsSomethingSoon,
            starting(listener -> listener.update(List.of(group("a", "b"), group("a", "c"))))),
        bad(
            "has no source",
            DiscoveryContract::itStartsAtOnceAndFindsSomethingSoon,
            starting(listener -> listener.update(List.of(group("", "b"))))),
        bad(
            "targets of a",
            DiscoveryContract::everyTargetHasAnAddress,
            starting(
                listener ->
                    listener.update(
                        List.of(
                            new TargetGroup("a", List.of(Labels.of("x", "y")), Labels.EMPTY))))),
        bad(
            "calls after closing",
            DiscoveryContract::oneGoesOnWhenTheOtherOfTheSameSectionIsClosed,
            starting(telling())),
        bad(
            "less than",
            DiscoveryContract::itEndsAtOnceWhereverItIs,
            section -> {
              address(section);
              return discovery(listener -> {}, DiscoveryContractTest::waitLong);
            }));
  }

  @ParameterizedTest(name = "{index} {0}")
  @MethodSource("bads")
  void isRefused(String message, Check check, DiscoveryFactory factory) {
    assertThatThrownBy(() -> check.run(new Sample(factory) {}))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(message);
  }
}
