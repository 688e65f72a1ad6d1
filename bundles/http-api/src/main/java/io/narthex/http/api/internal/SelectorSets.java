package io.narthex.http.api.internal;

import com.google.re2j.Pattern;
import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Matcher;
import io.narthex.api.query.SelectorParser;
import io.narthex.http.api.internal.request.BadParameterException;
import java.util.ArrayList;
import java.util.List;

/** Reads the values of {@code match[]}. */
final class SelectorSets {
  private SelectorSets() {}

  /**
   * The conditions of each selector. As upstream has it, all are parsed before any is refused for
   * selecting everything.
   */
  static List<List<Matcher>> parse(SelectorParser parser, List<String> selectors)
      throws BadParameterException {
    List<List<Matcher>> sets = new ArrayList<>(selectors.size());
    for (String selector : selectors) {
      try {
        sets.add(parser.parse(selector));
      } catch (NarthexException e) {
        throw new BadParameterException(String.valueOf(e.getMessage()));
      }
    }
    for (List<Matcher> set : sets) {
      if (set.stream().allMatch(SelectorSets::matchesEmpty)) {
        throw new BadParameterException("match[] must contain at least one non-empty matcher");
      }
    }
    return sets;
  }

  private static boolean matchesEmpty(Matcher matcher) {
    return switch (matcher.type()) {
      case EQUAL -> matcher.value().isEmpty();
      case NOT_EQUAL -> !matcher.value().isEmpty();
      case REGEX -> Pattern.matches(matcher.value(), "");
      case NOT_REGEX -> !Pattern.matches(matcher.value(), "");
    };
  }
}
