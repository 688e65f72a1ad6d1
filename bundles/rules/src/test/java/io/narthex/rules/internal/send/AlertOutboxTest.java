package io.narthex.rules.internal.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.alerting.Alert;
import io.narthex.api.model.Labels;
import io.narthex.rules.internal.fake.DirectPool;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AlertOutboxTest {
  private final List<Alert> taken = new ArrayList<>();
  private final List<Integer> batches = new ArrayList<>();
  private final DirectPool pool = new DirectPool();
  private boolean open = true;
  private boolean takes = true;
  private long now;
  private Runnable during = () -> {};
  private final AlertOutbox outbox =
      new AlertOutbox(
          pool,
          new Delivery() {
            @Override
            public boolean deliver(List<Alert> alerts) {
              during.run();
              if (takes) {
                batches.add(alerts.size());
                taken.addAll(alerts);
              }
              return takes;
            }

            @Override
            public boolean isPossible() {
              return open;
            }
          },
          () -> now);

  private static Alert alert(int i, long endsAt) {
    return new Alert(Labels.of("i", "" + i), Labels.EMPTY, 0, endsAt, "");
  }

  private static List<Alert> alerts(int from, int to, long endsAt) {
    return IntStream.range(from, to).mapToObj(i -> alert(i, endsAt)).toList();
  }

  @Test
  void handsOnInOrderAndInBatches() {
    outbox.offer(alerts(0, 600, 1));

    assertThat(taken).isEqualTo(alerts(0, 600, 1));
    assertThat(batches).containsExactly(256, 256, 88);
    assertThat(outbox.size()).isZero();
  }

  @Test
  void keepsTheNewestStateOfEach() {
    open = false;
    outbox.offer(alerts(0, 3, 1));
    outbox.offer(alerts(1, 2, 2));
    open = true;
    outbox.flush();

    assertThat(taken).containsExactly(alert(0, 1), alert(2, 1), alert(1, 2));
  }

  @Test
  void whoComesNewIsToldWhatFiresAndWhatWasOverAWhileAgo() {
    long whileAgo = 15 * 60 * 1000;
    now = 10;
    outbox.offer(alerts(0, 3, whileAgo + 100));
    outbox.offer(alerts(1, 2, 9));
    outbox.offer(alerts(3, 4, 20));
    taken.clear();

    now = 50;
    outbox.tellAgain();
    assertThat(taken)
        .containsExactly(
            alert(0, whileAgo + 100), alert(2, whileAgo + 100), alert(1, 9), alert(3, 20));
    taken.clear();

    now = whileAgo + 15;
    open = false;
    outbox.offer(List.of(alert(0, whileAgo + 200)));
    open = true;
    outbox.tellAgain();
    assertThat(taken)
        .as("a newer state wins, and what was over long ago is of no interest")
        .containsExactlyInAnyOrder(
            alert(0, whileAgo + 200), alert(2, whileAgo + 100), alert(3, 20));
  }

  @Test
  void whatWasNotTakenDoesNotHideANewerState() {
    takes = false;
    during = () -> outbox.offer(alerts(1, 2, 9));
    outbox.offer(alerts(0, 2, 1));
    during = () -> {};
    takes = true;
    outbox.flush();

    assertThat(taken).containsExactly(alert(0, 1), alert(1, 9));
  }

  @Test
  void dropsTheOldestOfTooMany() {
    open = false;
    outbox.offer(alerts(0, AlertOutbox.CAPACITY + 5, 1));

    assertThat(outbox.size()).isEqualTo(AlertOutbox.CAPACITY);
    assertThat(outbox.dropped()).isEqualTo(5);
    open = true;
    outbox.flush();
    assertThat(taken.getFirst()).isEqualTo(alert(5, 1));
  }

  @Test
  void forgetsWhatIsOverForLong() {
    open = false;
    outbox.offer(alerts(0, 2, 1000));
    outbox.offer(alerts(2, 3, 2000));
    now = 15 * 60_000 + 1001;
    open = true;
    outbox.flush();

    assertThat(taken).containsExactly(alert(2, 2000));
  }

  @Test
  void afterADefectOfTheDeliveryItGoesOn() {
    during =
        () -> {
          throw new IllegalStateException("broken");
        };
    try {
      outbox.offer(alerts(0, 1, 1));
    } catch (IllegalStateException expected) {
      assertThat(expected).hasMessage("broken");
    }
    during = () -> {};
    outbox.flush();

    assertThat(taken).containsExactly(alert(0, 1));
  }

  @Test
  void aFullPoolIsAskedAgain() {
    pool.full = true;
    outbox.offer(alerts(0, 1, 1));
    assertThat(taken).isEmpty();
    pool.full = false;
    outbox.flush();

    assertThat(taken).hasSize(1);
  }
}
