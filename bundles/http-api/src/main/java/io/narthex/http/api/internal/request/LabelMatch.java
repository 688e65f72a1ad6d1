package io.narthex.http.api.internal.request;

import com.google.re2j.Pattern;
import io.narthex.api.model.Labels;
import io.narthex.api.model.Matcher;
import java.util.List;
import java.util.function.Predicate;

/** Tells whether labels satisfy conditions. */
public final class LabelMatch {
  private LabelMatch() {}

  /** Whether labels satisfy all conditions. */
  public static Predicate<Labels> all(List<Matcher> matchers) {
    return matchers.stream().map(LabelMatch::one).reduce(Predicate::and).orElse(ignored -> true);
  }

  private static Predicate<Labels> one(Matcher matcher) {
    String name = matcher.name();
    return switch (matcher.type()) {
      case EQUAL -> labels -> labels.get(name).equals(matcher.value());
      case NOT_EQUAL -> labels -> !labels.get(name).equals(matcher.value());
      case REGEX -> regex(name, matcher.value());
      case NOT_REGEX -> regex(name, matcher.value()).negate();
    };
  }

  private static Predicate<Labels> regex(String name, String expression) {
    Pattern pattern = Pattern.compile(expression, Pattern.DOTALL);
    return labels -> pattern.matches(labels.get(name));
  }
}
