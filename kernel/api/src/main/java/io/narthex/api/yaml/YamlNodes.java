package io.narthex.api.yaml;

import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Position;
import io.narthex.api.section.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Makes the tree of a document of what SnakeYAML composed. For one document. */
final class YamlNodes {
  private static final int MAX_DEPTH = 200;

  private final YamlOptions options;
  private final List<Problem> problems;
  private final Map<Node, Known> anchored = new IdentityHashMap<>();
  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private final AliasBudget budget;

  /** Of the value that was made last, with what is in it. */
  private int height;

  private record Known(ConfigNode node, long size, int height) {}

  YamlNodes(YamlOptions options, List<Problem> problems) {
    this.options = options;
    this.problems = problems;
    this.budget = new AliasBudget(options.mostValues());
  }

  /** What was composed is too much, or too much of it comes from aliases. */
  static final class TooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    TooLargeException(Position at, String message) {
      super(message);
      this.problem = new Problem(at, message);
    }

    Problem problem() {
      return problem;
    }
  }

  /**
   * The tree.
   *
   * @throws TooLargeException if aliases make too much of it
   */
  ConfigNode tree(Node root) {
    return convert(root, position(root));
  }

  /**
   * The value of a node.
   *
   * @param at where it is used; an alias is not where its value is
   */
  private ConfigNode convert(Node node, Position at) {
    Known known = anchored.get(node);
    if (known != null) {
      budget.alias(known.size(), at);
      height = known.height();
      return known.node();
    }
    budget.value(at);
    if (node.getAnchor() == null) {
      return make(node);
    }
    if (!open.add(node)) {
      problems.add(new Problem(position(node), "this value contains itself through an alias"));
      return nothing(node);
    }
    long before = budget.values();
    ConfigNode made = make(node);
    open.remove(node);
    anchored.put(node, new Known(made, budget.values() - before + 1, height));
    return made;
  }

  private ConfigNode make(Node node) {
    int most = 0;
    ConfigNode made;
    switch (node) {
      case ScalarNode scalar -> made = scalar(scalar);
      case SequenceNode sequence -> {
        List<ConfigNode> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
          items.add(convert(item, position(node)));
          most = Math.max(most, height);
        }
        made = new ConfigNode.Sequence(position(node), items);
      }
      case MappingNode mapping -> {
        YamlEntries entries = new YamlEntries(options.merge(), problems);
        for (NodeTuple tuple : mapping.getValue()) {
          add(tuple, entries);
          most = Math.max(most, height);
        }
        made = entries.mapping(position(node));
      }
      default -> made = nothing(node);
    }
    height = most + 1;
    if (height > MAX_DEPTH) {
      throw new TooLargeException(
          position(node), "not valid YAML: lists and mappings are nested too deeply");
    }
    return made;
  }

  private void add(NodeTuple tuple, YamlEntries entries) {
    Node key = tuple.getKeyNode();
    Position at = position(key);
    if (key.getTag().equals(Tag.MERGE)) {
      boolean alias = anchored.containsKey(tuple.getValueNode());
      entries.merge(convert(tuple.getValueNode(), at), alias, at, position(tuple.getValueNode()));
      return;
    }
    budget.value(at);
    ConfigNode value = convert(tuple.getValueNode(), at);
    if (!(key instanceof ScalarNode scalar) || key.getTag().equals(Tag.BINARY)) {
      problems.add(new Problem(at, "a key must be a string"));
      return;
    }
    String name = PlainScalars.isNull(key) ? "" : scalar.getValue();
    entries.add(new ConfigNode.Entry(name, at, value));
  }

  private ConfigNode scalar(ScalarNode node) {
    if (node.getTag().equals(Tag.BINARY)) {
      problems.add(new Problem(position(node), "a value must be text, not !!binary"));
    }
    return new ConfigNode.Scalar(
        position(node), node.getValue(), PlainScalars.isBare(node), PlainScalars.isNull(node));
  }

  private static ConfigNode nothing(Node node) {
    return new ConfigNode.Scalar(position(node), "", true, true);
  }

  private static Position position(Node node) {
    return YamlReader.position(node.getStartMark());
  }
}
