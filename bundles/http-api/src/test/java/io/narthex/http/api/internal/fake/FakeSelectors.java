package io.narthex.http.api.internal.fake;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Matcher;
import io.narthex.api.query.QueryErrors;
import io.narthex.api.query.SelectorParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Knows some selectors; an expression is several of them with a plus between. */
public record FakeSelectors(Map<String, List<Matcher>> known) implements SelectorParser {
  @Override
  public List<Matcher> parse(String selector) {
    if (!known.containsKey(selector)) {
      throw new NarthexException(
          QueryErrors.PARSE, "1:1: parse error: unexpected \"%s\"".formatted(selector));
    }
    return known.get(selector);
  }

  @Override
  public List<List<Matcher>> selectors(String expression) {
    List<List<Matcher>> found = new ArrayList<>();
    for (String part : expression.split("\\+", -1)) {
      if (!part.matches("[0-9]+")) {
        found.add(parse(part));
      }
    }
    return found;
  }
}
