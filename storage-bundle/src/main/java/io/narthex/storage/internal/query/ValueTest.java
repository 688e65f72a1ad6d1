package io.narthex.storage.internal.query;

import java.util.Set;

/** What a matcher asks of a label's value; a missing label has the value {@code ""}. */
sealed interface ValueTest {
  boolean test(String value);

  /** One of a few values. */
  record OneOf(Set<String> values) implements ValueTest {
    @Override
    public boolean test(String value) {
      return values.contains(value);
    }
  }

  /** Anything at all. */
  record Any() implements ValueTest {
    @Override
    public boolean test(String value) {
      return true;
    }
  }

  /** Anything but nothing. */
  record NotEmpty() implements ValueTest {
    @Override
    public boolean test(String value) {
      return !value.isEmpty();
    }
  }

  /** Begins with a text, is longer by at least {@code more}. */
  record Prefix(String prefix, int more) implements ValueTest {
    @Override
    public boolean test(String value) {
      return value.startsWith(prefix) && value.length() >= prefix.length() + more;
    }
  }

  /** Whatever the expression matches from end to end. */
  record Regex(com.google.re2j.Pattern pattern) implements ValueTest {
    @Override
    public boolean test(String value) {
      return pattern.matches(value);
    }
  }

  /** All that another does not take. */
  record Not(ValueTest other) implements ValueTest {
    @Override
    public boolean test(String value) {
      return !other.test(value);
    }
  }
}
