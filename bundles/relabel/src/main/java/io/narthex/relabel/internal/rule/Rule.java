package io.narthex.relabel.internal.rule;

/** One compiled rule. It holds no state that changes; may be used from any thread. */
public interface Rule {
  /**
   * Works on the labels.
   *
   * @return whether they are kept
   */
  boolean apply(LabelSet labels);
}
