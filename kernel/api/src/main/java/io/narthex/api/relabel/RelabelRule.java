package io.narthex.api.relabel;

import io.narthex.api.model.NameValidation;
import java.util.List;

/**
 * One rule, checked: the combination of fields makes sense for the action.
 *
 * @param sourceLabels whose values are joined
 * @param separator what stands between them
 * @param regex RE2, matches only as a whole
 * @param modulus of {@link RelabelAction#HASHMOD}
 * @param targetLabel what is set; for {@link RelabelAction#REPLACE} it may refer to groups
 * @param replacement may refer to groups of the regex as {@code $1} or <code>${name}</code>
 * @param names which names a label may be given
 */
public record RelabelRule(
    List<String> sourceLabels,
    String separator,
    String regex,
    long modulus,
    String targetLabel,
    String replacement,
    RelabelAction action,
    NameValidation names) {
  /** Upstream's default separator. */
  public static final String DEFAULT_SEPARATOR = ";";

  /** Upstream's default expression. */
  public static final String DEFAULT_REGEX = "(.*)";

  /** Upstream's default replacement. */
  public static final String DEFAULT_REPLACEMENT = "$1";

  /** Copies the list. */
  public RelabelRule {
    sourceLabels = List.copyOf(sourceLabels);
  }
}
