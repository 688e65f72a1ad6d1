package io.narthex.api.config;

import io.narthex.api.model.NameValidation;
import io.narthex.api.relabel.RelabelRule;
import java.time.Duration;
import java.util.List;

/**
 * What the configuration says about rules.
 *
 * @param files the files that {@code rule_files} names, in order, each once
 * @param queryOffset how far in the past a group is evaluated that does not say so itself ({@code
 *     global.rule_query_offset})
 * @param alertRelabelling what is done with the labels of an alert before it is sent ({@code
 *     alerting.alert_relabel_configs})
 * @param names which names metrics and labels in the files may have
 */
public record RuleSettings(
    List<RuleFile> files,
    Duration queryOffset,
    List<RelabelRule> alertRelabelling,
    NameValidation names) {
  /** No rules. */
  public static final RuleSettings NONE =
      new RuleSettings(List.of(), Duration.ZERO, List.of(), NameValidation.UTF8);

  /** Copies the lists. */
  public RuleSettings {
    files = List.copyOf(files);
    alertRelabelling = List.copyOf(alertRelabelling);
  }
}
