package io.narthex.runtime.internal.holder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BroadcastTest {
  private final Broadcast<String> broadcast = new Broadcast<>();
  private final List<String> heard = new ArrayList<>();

  @Test
  void tellsTheValueOfNowAndThenEachNext() {
    broadcast.set("a");
    broadcast.subscribe(heard::add);
    broadcast.set("b");
    assertThat(heard).containsExactly("a", "b");
  }

  @Test
  void tellsNothingBeforeThereIsAValue() {
    broadcast.subscribe(heard::add);
    assertThat(heard).isEmpty();
    assertThat(broadcast.get()).isNull();
  }

  @Test
  void aClosedSubscriptionHearsNothing() {
    Runnable close = broadcast.subscribe(heard::add);
    close.run();
    broadcast.set("a");
    assertThat(heard).isEmpty();
  }

  @Test
  void theSameListenerMaySubscribeTwiceAndEachEndsByItself() {
    java.util.function.Consumer<String> listener = heard::add;
    Runnable first = broadcast.subscribe(listener);
    broadcast.subscribe(listener);
    first.run();
    broadcast.set("a");
    assertThat(heard).containsExactly("a");
  }

  @Test
  void aSubscriberThatThrowsDoesNotKeepOthersFromHearing() {
    broadcast.subscribe(
        value -> {
          throw new IllegalStateException("no");
        });
    broadcast.subscribe(heard::add);
    broadcast.set("a");
    assertThat(heard).containsExactly("a");
  }
}
