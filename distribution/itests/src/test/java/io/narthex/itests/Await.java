package io.narthex.itests;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Waits for conditions, never for luck: each wait has a limit, and says what it waited for and what
 * it last saw.
 */
final class Await {
  private static final long LOOK_EVERY_NANOS = 20_000_000;

  private Await() {}

  /** Asks until the answer passes. */
  static <T> T until(String what, Duration limit, Callable<T> question, Predicate<T> passes) {
    long end = System.nanoTime() + limit.toNanos();
    Object last = "nothing";
    while (System.nanoTime() < end) {
      try {
        T answer = question.call();
        if (passes.test(answer)) {
          return answer;
        }
        last = answer;
      } catch (Exception e) {
        last = e;
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
    throw new AssertionError("waited %s for %s; last saw: %s".formatted(limit, what, last));
  }

  /** Asks until it is true. */
  static void until(String what, Duration limit, Callable<Boolean> question) {
    until(what, limit, question, Boolean.TRUE::equals);
  }
}
