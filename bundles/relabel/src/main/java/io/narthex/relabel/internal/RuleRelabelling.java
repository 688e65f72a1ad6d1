package io.narthex.relabel.internal;

import io.narthex.api.relabel.RelabelRule;
import io.narthex.api.relabel.Relabeller;
import io.narthex.api.relabel.Relabelling;
import io.narthex.relabel.internal.rule.RuleCompiler;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Compiles rules with RE2/J, whose syntax and linear time are upstream's. */
@Component
public final class RuleRelabelling implements Relabelling {
  @Override
  public Relabeller compile(List<RelabelRule> rules) {
    return new RuleChain(rules.stream().map(RuleCompiler::compile).toList());
  }
}
