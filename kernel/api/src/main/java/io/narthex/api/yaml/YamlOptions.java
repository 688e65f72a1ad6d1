package io.narthex.api.yaml;

/**
 * How a YAML text is read; upstream does not read all of its files alike.
 *
 * @param merge which value counts if a merge ({@code <<}) brings a key that is there already
 * @param onlyFirstDocument whether what follows after the first document is not read at all;
 *     otherwise only empty documents may follow
 * @param mostValues how many values there may be, those that aliases repeat counted each time
 */
public record YamlOptions(Merge merge, boolean onlyFirstDocument, int mostValues) {
  /** For {@code prometheus.yml}, {@code alertmanager.yml} and files that they are made of. */
  public static final YamlOptions CONFIGURATION =
      new YamlOptions(Merge.LATER_WINS, false, Integer.MAX_VALUE);

  /** For files of rules. */
  public static final YamlOptions RULES = new YamlOptions(Merge.OWN_WINS, false, Integer.MAX_VALUE);

  /** Which value counts if a merge brings a key that is there already. */
  public enum Merge {
    /**
     * What stands later in the mapping, a merge as well as a key; of the mappings in the list of
     * one merge, the first. Mappings under the same key become one in the same way. What a key of
     * the map was set to more than once is told by {@link
     * io.narthex.api.section.ConfigNode.Mapping#repeated}.
     */
    LATER_WINS,
    /** The mapping's own key; of the mappings in the list of a merge, the first. */
    OWN_WINS
  }
}
