package io.narthex.scrape.internal.record;

import io.narthex.api.model.Labels;
import io.narthex.api.relabel.RelabelRule;
import io.narthex.api.relabel.Relabeller;
import io.narthex.api.relabel.Relabelling;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Those relabelling actions that the tests need, on the first source label. */
final class SimpleRelabelling implements Relabelling {
  private int compiled;
  private int applied;

  /** How many sets of rules were compiled. */
  int compiled() {
    return compiled;
  }

  /** How often rules were applied. */
  int applied() {
    return applied;
  }

  @Override
  public Relabeller compile(List<RelabelRule> rules) {
    compiled++;
    return labels -> {
      applied++;
      return apply(labels, rules);
    };
  }

  private static @Nullable Labels apply(Labels labels, List<RelabelRule> rules) {
    Labels now = labels;
    for (RelabelRule rule : rules) {
      Pattern regex = Pattern.compile(rule.regex());
      switch (rule.action()) {
        case DROP -> {
          if (regex.matcher(now.get(rule.sourceLabels().getFirst())).matches()) {
            return null;
          }
        }
        case REPLACE -> {
          if (regex.matcher(now.get(rule.sourceLabels().getFirst())).matches()) {
            now = now.toBuilder().set(rule.targetLabel(), rule.replacement()).build();
          }
        }
        case LABELDROP -> now = now.filter(name -> !regex.matcher(name).matches());
        default -> throw new UnsupportedOperationException(rule.action().toString());
      }
    }
    return now;
  }
}
