package io.narthex.alerting.internal.matcher;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.narthex.api.model.Labels;
import io.narthex.api.model.MatchType;
import io.narthex.api.model.Utf8Order;
import org.jspecify.annotations.Nullable;

/**
 * A condition on one label of an alert. A missing label counts as an empty value. Regular
 * expressions have RE2 syntax and are anchored at both ends. Two matchers are equal if they say the
 * same. Ordered by name, value and type.
 */
public final class AlertMatcher implements Comparable<AlertMatcher> {
  private final MatchType type;
  private final String name;
  private final String value;
  private final @Nullable Pattern pattern;

  private AlertMatcher(MatchType type, String name, String value, @Nullable Pattern pattern) {
    this.type = type;
    this.name = name;
    this.value = value;
    this.pattern = pattern;
  }

  /**
   * A matcher.
   *
   * @throws BadMatcherException if the value must be a regular expression and is none
   */
  public static AlertMatcher of(MatchType type, String name, String value) {
    boolean regex = type == MatchType.REGEX || type == MatchType.NOT_REGEX;
    return new AlertMatcher(type, name, value, regex ? anchored(value) : null);
  }

  /**
   * An expression that matches only as a whole.
   *
   * @throws BadMatcherException if it is no regular expression; worded as upstream's
   */
  public static Pattern anchored(String expression) {
    try {
      return Pattern.compile("^(?:" + expression + ")$");
    } catch (PatternSyntaxException e) {
      String part = e.getPattern() == null ? "" : ": `" + e.getPattern() + "`";
      throw new BadMatcherException("error parsing regexp: " + e.getDescription() + part);
    }
  }

  /** How it compares. */
  public MatchType type() {
    return type;
  }

  /** The label's name. */
  public String name() {
    return name;
  }

  /** What the label's value is compared with. */
  public String value() {
    return value;
  }

  /** Whether the labels fulfil it. */
  public boolean matches(Labels labels) {
    return matches(labels.get(name));
  }

  /** Whether a value of the label fulfils it; {@code ""} for a label that is missing. */
  public boolean matches(String text) {
    return switch (type) {
      case EQUAL -> text.equals(value);
      case NOT_EQUAL -> !text.equals(value);
      case REGEX -> find(text);
      case NOT_REGEX -> !find(text);
    };
  }

  private boolean find(String text) {
    return pattern != null && pattern.matcher(text).find();
  }

  @Override
  public int compareTo(AlertMatcher other) {
    int byName = Utf8Order.compare(name, other.name);
    if (byName != 0) {
      return byName;
    }
    int byValue = Utf8Order.compare(value, other.value);
    return byValue != 0 ? byValue : type.compareTo(other.type);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof AlertMatcher other
        && type == other.type
        && name.equals(other.name)
        && value.equals(other.value);
  }

  @Override
  public int hashCode() {
    return (type.hashCode() * 31 + name.hashCode()) * 31 + value.hashCode();
  }

  /** As upstream prints it: {@code severity="page"}. */
  @Override
  public String toString() {
    return GoText.hasReserved(name)
        ? GoText.quote(name) + type.operator() + GoText.quote(value)
        : name + type.operator() + '"' + GoText.escape(value) + '"';
  }
}
