package io.narthex.api.template;

/** Where a template stands, which says what functions and variables it has. */
public enum TemplateDialect {
  /**
   * In a rule file: the functions of Prometheus, and the variables {@code $labels}, {@code
   * $externalLabels}, {@code $externalURL} and {@code $value}, which are the fields {@code Labels},
   * {@code ExternalLabels}, {@code ExternalURL} and {@code Value} of the data.
   */
  RULE,
  /** In a receiver or a file of the Alertmanager: its functions. */
  NOTIFICATION
}
