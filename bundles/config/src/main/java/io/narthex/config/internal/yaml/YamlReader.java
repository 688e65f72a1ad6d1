package io.narthex.config.internal.yaml;

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
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads YAML text into a {@link YamlNode} tree. SnakeYAML composes; this class resolves merges
 * ({@code <<}) and refuses what a configuration must not have: keys that stand twice, keys that are
 * no strings, values that contain themselves. All such problems are collected, not only the first.
 * Not safe for use by several threads.
 */
public final class YamlReader {
  private static final int MAX_CODE_POINTS = 32 * 1024 * 1024;
  private static final int MAX_ALIASES = 1000;
  private static final int MAX_DEPTH = 100;

  private final List<Problem> problems;
  private final Map<Node, YamlNode> converted = new IdentityHashMap<>();
  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());

  private YamlReader(List<Problem> problems) {
    this.problems = problems;
  }

  /**
   * Reads a document.
   *
   * @param problems gets what is wrong
   * @return the root; empty if the text has no document or cannot be read at all
   */
  public static Optional<YamlNode> read(String text, List<Problem> problems) {
    try {
      Node root = compose(text);
      return root == null ? Optional.empty() : Optional.of(new YamlReader(problems).convert(root));
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark() != null ? e.getProblemMark() : e.getContextMark();
      problems.add(new Problem(position(mark), describe(e)));
    } catch (YAMLException e) {
      problems.add(new Problem(Position.START, "not valid YAML: " + oneLine(e.getMessage())));
    }
    return Optional.empty();
  }

  private static @Nullable Node compose(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_CODE_POINTS);
    options.setMaxAliasesForCollections(MAX_ALIASES);
    options.setNestingDepthLimit(MAX_DEPTH);
    String body = text.startsWith("\ufeff") ? text.substring(1) : text;
    return new Composer(new ParserImpl(new StreamReader(body), options), new Resolver(), options)
        .getSingleNode();
  }

  private YamlNode convert(Node node) {
    YamlNode known = converted.get(node);
    if (known != null) {
      return known;
    }
    if (!open.add(node)) {
      problems.add(new Problem(position(node), "this value contains itself through an alias"));
      return nothing(node);
    }
    YamlNode result =
        switch (node) {
          case ScalarNode scalar -> scalar(scalar);
          case SequenceNode sequence ->
              new YamlNode.Sequence(
                  position(node), sequence.getValue().stream().map(this::convert).toList());
          case MappingNode mapping -> mapping(mapping);
          default -> nothing(node);
        };
    open.remove(node);
    converted.put(node, result);
    return result;
  }

  private static YamlNode scalar(ScalarNode node) {
    boolean plain = node.getScalarStyle() == ScalarStyle.PLAIN;
    boolean isNull = node.getTag().equals(Tag.NULL);
    return new YamlNode.Scalar(position(node), node.getValue(), plain, isNull);
  }

  private static YamlNode nothing(Node node) {
    return new YamlNode.Scalar(position(node), "", true, true);
  }

  private YamlNode mapping(MappingNode node) {
    Map<String, YamlNode.Entry> own = new LinkedHashMap<>();
    Map<String, YamlNode.Entry> merged = new HashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      if (tuple.getKeyNode().getTag().equals(Tag.MERGE)) {
        merge(tuple.getValueNode(), merged);
      } else {
        add(tuple, own);
      }
    }
    List<YamlNode.Entry> entries = new ArrayList<>(own.values());
    merged.values().stream().filter(e -> !own.containsKey(e.key())).forEach(entries::add);
    return new YamlNode.Mapping(position(node), List.copyOf(entries));
  }

  private void add(NodeTuple tuple, Map<String, YamlNode.Entry> own) {
    Position at = position(tuple.getKeyNode());
    YamlNode value = convert(tuple.getValueNode());
    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
      problems.add(new Problem(at, "a key must be a string"));
      return;
    }
    YamlNode.Entry first =
        own.putIfAbsent(key.getValue(), new YamlNode.Entry(key.getValue(), at, value));
    if (first != null) {
      problems.add(
          new Problem(
              at,
              "key \"%s\" stands twice in this mapping, first in line %d"
                  .formatted(key.getValue(), first.position().line())));
    }
  }

  /** Earlier mappings win over later ones, as the merge key's definition says. */
  private void merge(Node source, Map<String, YamlNode.Entry> merged) {
    switch (convert(source)) {
      case YamlNode.Mapping mapping ->
          mapping.entries().forEach(e -> merged.putIfAbsent(e.key(), e));
      case YamlNode.Sequence list
          when list.items().stream().allMatch(YamlNode.Mapping.class::isInstance) ->
          list.items()
              .forEach(
                  item ->
                      ((YamlNode.Mapping) item)
                          .entries()
                          .forEach(e -> merged.putIfAbsent(e.key(), e)));
      case YamlNode other ->
          problems.add(
              new Problem(
                  position(source),
                  "\"<<\" merges a mapping or a list of mappings, got %s".formatted(other.kind())));
    }
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
