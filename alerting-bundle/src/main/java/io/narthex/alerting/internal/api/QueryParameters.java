package io.narthex.alerting.internal.api;

import com.google.re2j.Pattern;
import io.narthex.alerting.internal.matcher.AlertMatcher;
import io.narthex.alerting.internal.matcher.BadMatcherException;
import io.narthex.alerting.internal.matcher.MatcherParser;
import io.narthex.alerting.internal.matcher.Matchers;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The parameters of a URL; where one is wrong the request is answered with status 400. */
final class QueryParameters {
  private static final MatcherParser PARSER = new MatcherParser("api");

  /** Whatever else is not true, as upstream reads it. */
  private static final Set<String> TRUE =
      Set.of("true", "1", "yes", "ok", "y", "on", "selected", "checked", "t", "enabled");

  private final MultiMap values;

  QueryParameters(MultiMap values) {
    this.values = values;
  }

  /** Whether a switch is on; it is where it is not given. */
  boolean isOn(String name) {
    String last = last(name);
    return last.isEmpty() || TRUE.contains(last.toLowerCase(Locale.ROOT));
  }

  /** The matchers of {@code filter}. */
  Matchers filter() {
    try {
      return matchers("filter");
    } catch (BadMatcherException e) {
      throw bad(String.valueOf(e.getMessage()));
    }
  }

  /** The matchers of {@code receiver_matchers}. */
  Matchers receiverMatchers() {
    try {
      return matchers("receiver_matchers");
    } catch (BadMatcherException e) {
      throw bad("failed to parse receiver_matchers param: " + e.getMessage());
    }
  }

  /** The expression that the names of receivers must match. */
  Optional<Pattern> receiver() {
    String last = last("receiver");
    try {
      return last.isEmpty() ? Optional.empty() : Optional.of(AlertMatcher.anchored(last));
    } catch (BadMatcherException e) {
      throw bad("failed to parse receiver param: " + e.getMessage());
    }
  }

  private Matchers matchers(String name) {
    return new Matchers(values.getAll(name).stream().map(PARSER::parseOne).toList());
  }

  private String last(String name) {
    List<String> all = values.getAll(name);
    return all.isEmpty() ? "" : all.getLast();
  }

  private static RequestException bad(String message) {
    return new RequestException(Answer.text(400, message));
  }
}
