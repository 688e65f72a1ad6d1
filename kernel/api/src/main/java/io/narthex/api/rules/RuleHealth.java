package io.narthex.api.rules;

/** Whether a rule's last evaluation went well. */
public enum RuleHealth {
  /** It was not evaluated yet. */
  UNKNOWN,
  /** It went well. */
  OK,
  /** It failed. */
  ERR
}
