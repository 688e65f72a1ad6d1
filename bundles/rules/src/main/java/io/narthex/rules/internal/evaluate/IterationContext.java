package io.narthex.rules.internal.evaluate;

import io.narthex.api.query.QueryValue;
import io.narthex.api.template.TemplateContext;
import java.time.Instant;
import java.util.List;

/** What the functions of a template reach while a rule is evaluated. */
record IterationContext(Iteration iteration) implements TemplateContext {
  @Override
  public String externalUrl() {
    return iteration.means().externalUrl();
  }

  @Override
  public Instant now() {
    return iteration.time();
  }

  @Override
  public List<QueryValue.Sample> query(String expression) {
    return iteration.means().queries().query(expression, iteration.time().toEpochMilli());
  }
}
