package io.narthex.api.relabel;

/** What a relabelling rule does; names and meanings are upstream's ({@code <relabel_action>}). */
public enum RelabelAction {
  /** Sets the target label to the replacement if the regex matches the source labels' values. */
  REPLACE,
  /** Drops what the regex does not match. */
  KEEP,
  /** Drops what the regex matches. */
  DROP,
  /** Drops what has another value in the target label than the source labels'. */
  KEEPEQUAL,
  /** Drops what has the source labels' value in the target label. */
  DROPEQUAL,
  /** Sets the target label to a hash of the source labels' values, modulo the modulus. */
  HASHMOD,
  /** Copies labels whose names the regex matches to names made from the replacement. */
  LABELMAP,
  /** Removes labels whose names the regex matches. */
  LABELDROP,
  /** Removes labels whose names the regex does not match. */
  LABELKEEP,
  /** Sets the target label to the source labels' values in lower case. */
  LOWERCASE,
  /** Sets the target label to the source labels' values in upper case. */
  UPPERCASE
}
