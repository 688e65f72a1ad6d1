package io.narthex.storage.internal.query;

import io.narthex.api.model.Labels;
import io.narthex.api.model.Matcher;
import java.util.HashMap;
import java.util.Map;

/** One matcher ready for use by one thread; remembers the answers that are dear. */
record Condition(String name, ValueTest test, Map<String, Boolean> answers) {
  Condition(Matcher matcher) {
    this(matcher.name(), MatcherCompiler.compile(matcher), new HashMap<>());
  }

  boolean holds(Labels labels) {
    String value = labels.get(name);
    return test instanceof ValueTest.Regex || test instanceof ValueTest.Not
        ? answers.computeIfAbsent(value, test::test)
        : test.test(value);
  }

  /** Whether it leaves out the series without the label. */
  boolean narrows() {
    return !test.test("");
  }
}
