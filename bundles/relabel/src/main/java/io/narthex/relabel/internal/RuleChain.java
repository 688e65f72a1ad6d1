package io.narthex.relabel.internal;

import io.narthex.api.model.Labels;
import io.narthex.api.relabel.Relabeller;
import io.narthex.relabel.internal.rule.LabelSet;
import io.narthex.relabel.internal.rule.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules that work on one label set after the other. */
record RuleChain(List<Rule> rules) implements Relabeller {
  RuleChain {
    rules = List.copyOf(rules);
  }

  @Override
  public @Nullable Labels apply(Labels labels) {
    LabelSet set = new LabelSet(labels);
    for (Rule rule : rules) {
      if (!rule.apply(set)) {
        return null;
      }
    }
    return set.toLabels();
  }
}
