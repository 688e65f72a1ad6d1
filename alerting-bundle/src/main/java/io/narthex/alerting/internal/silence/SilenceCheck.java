package io.narthex.alerting.internal.silence;

import io.narthex.alerting.internal.matcher.AlertMatcher;
import io.narthex.alerting.internal.matcher.Matchers;
import io.narthex.api.error.NarthexException;
import io.narthex.api.model.MatchType;
import java.util.List;

/** What a silence must be like; the messages are upstream's. */
final class SilenceCheck {
  private SilenceCheck() {}

  static void check(Silence silence) {
    checkMatchers(silence.matcherSets());
    if (silence.startsAt() == 0) {
      throw invalid("invalid zero start timestamp");
    }
    if (silence.endsAt() == 0) {
      throw invalid("invalid zero end timestamp");
    }
    if (silence.endsAt() < silence.startsAt()) {
      throw invalid("end time must not be before start time");
    }
  }

  private static void checkMatchers(List<Matchers> sets) {
    if (sets.isEmpty()) {
      throw invalid("at least one matcher set required");
    }
    for (int set = 0; set < sets.size(); set++) {
      List<AlertMatcher> matchers = sets.get(set).list();
      if (matchers.isEmpty()) {
        throw invalid("matcher set %d is empty".formatted(set));
      }
      for (int i = 0; i < matchers.size(); i++) {
        if (matchers.get(i).name().isEmpty()) {
          throw invalid(
              "invalid label matcher %d in set %d: invalid label name \"\"".formatted(i, set));
        }
      }
      if (matchers.stream().allMatch(SilenceCheck::matchesEmpty)) {
        throw invalid(
            "matcher set %d: at least one matcher must not match the empty string".formatted(set));
      }
    }
  }

  /** Negative matchers count as never matching it, as upstream has it. */
  private static boolean matchesEmpty(AlertMatcher matcher) {
    boolean positive = matcher.type() == MatchType.EQUAL || matcher.type() == MatchType.REGEX;
    return positive && matcher.matches("");
  }

  private static NarthexException invalid(String message) {
    return new NarthexException(SilenceErrors.INVALID, "invalid silence: " + message);
  }
}
