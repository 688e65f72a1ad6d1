package io.narthex.storage.internal.failpoint;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads from the property what happens at the {@link FailPoint}s. */
final class Reactions {
  private static final Pattern SYNTAX =
      Pattern.compile("([a-z-]+)=(?:(halt|throw)@(\\d{1,18})|delay:(\\d{1,6}))");

  private Reactions() {}

  static Map<FailPoint, Runnable> parse(String text) {
    Map<FailPoint, Runnable> reactions = new EnumMap<>(FailPoint.class);
    if (text.isEmpty()) {
      return reactions;
    }
    for (String each : text.split(",")) {
      Matcher matcher = SYNTAX.matcher(each);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "%s: \"%s\" is not understood; mid-seal=halt@3, mid-seal=throw@3 or mid-seal=delay:50 would be"
                .formatted(FailPoint.PROPERTY, each));
      }
      FailPoint point =
          FailPoint.valueOf(matcher.group(1).toUpperCase(Locale.ROOT).replace('-', '_'));
      reactions.put(
          point,
          matcher.group(2) == null
              ? delay(Long.parseLong(matcher.group(4)))
              : at(Long.parseLong(matcher.group(3)), end(point, matcher.group(2))));
    }
    return reactions;
  }

  private static Runnable delay(long millis) {
    return () -> {
      long end = System.nanoTime() + millis * 1_000_000;
      for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
    };
  }

  private static Runnable at(long time, Runnable reaction) {
    AtomicLong reached = new AtomicLong();
    return () -> {
      if (reached.incrementAndGet() == time) {
        reaction.run();
      }
    };
  }

  private static Runnable end(FailPoint point, String how) {
    return how.equals("halt")
        ? () -> Runtime.getRuntime().halt(FailPoint.HALTED)
        : () -> {
          throw new FailPointException("the fail-point " + point.text() + " was reached");
        };
  }
}
