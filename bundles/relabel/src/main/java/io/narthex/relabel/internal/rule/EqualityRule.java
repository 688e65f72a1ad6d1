package io.narthex.relabel.internal.rule;

/** {@code keepequal} and {@code dropequal}. */
record EqualityRule(SourceValue source, String target, boolean keepsEqual) implements Rule {
  @Override
  public boolean apply(LabelSet labels) {
    return labels.get(target).equals(source.of(labels)) == keepsEqual;
  }
}
