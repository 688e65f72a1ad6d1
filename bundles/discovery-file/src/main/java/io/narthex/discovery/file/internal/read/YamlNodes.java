package io.narthex.discovery.file.internal.read;

import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Position;
import io.narthex.api.section.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads the first document of a YAML text into nodes that know their place, with aliases and merges
 * resolved.
 */
final class YamlNodes {
  private static final int MAX_DEPTH = 100;

  private final ValueBudget budget;
  private final List<Problem> problems;
  private final Map<Node, ConfigNode> converted = new IdentityHashMap<>();
  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());

  private YamlNodes(ValueBudget budget, List<Problem> problems) {
    this.budget = budget;
    this.problems = problems;
  }

  /**
   * Reads a document.
   *
   * @param problems gets what is wrong
   * @return nothing if there is none, or it cannot be read
   */
  static ConfigNode read(String text, ValueBudget budget, List<Problem> problems) {
    try {
      return compose(text)
          .map(root -> new YamlNodes(budget, problems).convert(root))
          .orElse(ConfigNode.nothing());
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark() != null ? e.getProblemMark() : e.getContextMark();
      problems.add(new Problem(position(mark), describe(e)));
    } catch (ReaderException e) {
      problems.add(
          new Problem(
              Positions.of(text, e.getPosition()),
              "not valid YAML: the character U+%04X is not allowed".formatted(e.getCodePoint())));
    } catch (YAMLException e) {
      // Only the limits of the loader have no place.
      String message =
          oneLine(e.getMessage())
              .replaceFirst("^Nesting Depth.*", "lists and mappings are nested too deeply");
      problems.add(new Problem(Position.START, "not valid YAML: " + message));
    }
    return ConfigNode.nothing();
  }

  /**
   * SnakeYAML reads the digits of escapes with the JDK's means and lets their exceptions out.
   *
   * @throws YAMLException if the text is no YAML
   */
  private static Optional<Node> compose(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(TargetFileReader.MOST_BYTES);
    options.setMaxAliasesForCollections(ValueBudget.MOST);
    options.setNestingDepthLimit(MAX_DEPTH);
    StreamReader reader = new StreamReader(text);
    Composer composer = new Composer(new ParserImpl(reader, options), new Resolver(), options);
    try {
      return composer.checkNode() ? Optional.of(composer.getNode()) : Optional.empty();
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new MarkedYAMLException(
          null, null, "an escape in a string is no character", reader.getMark()) {
        private static final long serialVersionUID = 1L;
      };
    }
  }

  private ConfigNode convert(Node node) {
    ConfigNode known = converted.get(node);
    if (known != null) {
      return known;
    }
    budget.take();
    if (!open.add(node)) {
      problems.add(new Problem(position(node), "this value contains itself through an alias"));
      return ConfigNode.nothing();
    }
    ConfigNode result =
        switch (node) {
          case ScalarNode scalar -> scalar(scalar);
          case SequenceNode sequence ->
              new ConfigNode.Sequence(
                  position(node), sequence.getValue().stream().map(this::convert).toList());
          case MappingNode mapping -> mapping(mapping);
          default -> ConfigNode.nothing();
        };
    open.remove(node);
    converted.put(node, result);
    return result;
  }

  private static ConfigNode scalar(ScalarNode node) {
    boolean plain = node.getScalarStyle() == ScalarStyle.PLAIN;
    boolean isNull = node.getTag().equals(Tag.NULL);
    return new ConfigNode.Scalar(position(node), node.getValue(), plain, isNull);
  }

  private ConfigNode mapping(MappingNode node) {
    Map<String, ConfigNode.Entry> own = new LinkedHashMap<>();
    Map<String, ConfigNode.Entry> merged = new HashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      if (tuple.getKeyNode().getTag().equals(Tag.MERGE)) {
        merge(tuple.getValueNode(), merged);
      } else {
        add(tuple, own);
      }
    }
    List<ConfigNode.Entry> entries = new ArrayList<>(own.values());
    merged.values().stream().filter(e -> !own.containsKey(e.key())).forEach(entries::add);
    budget.take(entries.size());
    return new ConfigNode.Mapping(position(node), entries);
  }

  private void add(NodeTuple tuple, Map<String, ConfigNode.Entry> own) {
    Position at = position(tuple.getKeyNode());
    ConfigNode value = convert(tuple.getValueNode());
    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
      problems.add(new Problem(at, "a key must be a string"));
      return;
    }
    ConfigNode.Entry first =
        own.putIfAbsent(key.getValue(), new ConfigNode.Entry(key.getValue(), at, value));
    if (first != null) {
      problems.add(
          new Problem(
              at,
              "key \"%s\" stands twice in this mapping, first in line %d"
                  .formatted(key.getValue(), first.position().line())));
    }
  }

  /** Earlier mappings win over later ones, as the merge key's definition says. */
  private void merge(Node source, Map<String, ConfigNode.Entry> merged) {
    switch (convert(source)) {
      case ConfigNode.Mapping mapping -> merge(mapping, merged);
      case ConfigNode.Sequence list
          when list.items().stream().allMatch(ConfigNode.Mapping.class::isInstance) ->
          list.items().forEach(item -> merge((ConfigNode.Mapping) item, merged));
      case ConfigNode other ->
          problems.add(
              new Problem(
                  position(source),
                  "\"<<\" merges a mapping or a list of mappings, got %s".formatted(other.kind())));
    }
  }

  private void merge(ConfigNode.Mapping mapping, Map<String, ConfigNode.Entry> merged) {
    budget.take(mapping.entries().size());
    mapping.entries().forEach(e -> merged.putIfAbsent(e.key(), e));
  }

  private static String describe(MarkedYAMLException e) {
    String context = e.getContext() == null ? "" : " (" + oneLine(e.getContext()) + ")";
    return "not valid YAML: " + oneLine(e.getProblem()) + context;
  }

  private static String oneLine(@Nullable String message) {
    String text = message == null ? "it cannot be read" : message.strip();
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }

  private static Position position(Node node) {
    return position(node.getStartMark());
  }

  private static Position position(@Nullable Mark mark) {
    return mark == null ? Position.START : new Position(mark.getLine() + 1, mark.getColumn() + 1);
  }
}
