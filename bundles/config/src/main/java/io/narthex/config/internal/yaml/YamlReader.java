package io.narthex.config.internal.yaml;

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
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads YAML text into a {@link ConfigNode} tree. SnakeYAML composes; this class resolves merges
 * ({@code <<}) and refuses what a configuration must not have: keys that stand twice, keys that are
 * no strings, values that contain themselves. All such problems are collected, not only the first.
 * Not safe for use by several threads.
 */
public final class YamlReader {
  /** SnakeYAML's text, which quotes the name: it may be a password that begins with an asterisk. */
  private static final String UNDEFINED_ALIAS = "found undefined alias";

  private static final int MAX_CODE_POINTS = 32 * 1024 * 1024;
  private static final int MAX_ALIASES = 1000;
  private static final int MAX_DEPTH = 100;

  private final List<Problem> problems;
  private final Map<Node, ConfigNode> converted = new IdentityHashMap<>();
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
  public static Optional<ConfigNode> read(String text, List<Problem> problems) {
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

  /** An escape in a quoted string names no character. */
  private static final class UnreadableEscapeException extends MarkedYAMLException {
    private static final long serialVersionUID = 1L;

    UnreadableEscapeException(Mark near) {
      super(null, null, "an escape in a string is no character", near);
    }
  }

  private static @Nullable Node compose(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_CODE_POINTS);
    options.setMaxAliasesForCollections(MAX_ALIASES);
    options.setNestingDepthLimit(MAX_DEPTH);
    String body = text.startsWith("\ufeff") ? text.substring(1) : text;
    StreamReader reader = new StreamReader(body);
    try {
      return new Composer(new ParserImpl(reader, options), new Resolver(), options).getSingleNode();
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      // SnakeYAML lets these out of some broken escapes of code points.
      throw new UnreadableEscapeException(reader.getMark());
    }
  }

  private ConfigNode convert(Node node) {
    ConfigNode known = converted.get(node);
    if (known != null) {
      return known;
    }
    if (!open.add(node)) {
      problems.add(new Problem(position(node), "this value contains itself through an alias"));
      return nothing(node);
    }
    ConfigNode result =
        switch (node) {
          case ScalarNode scalar -> scalar(scalar);
          case SequenceNode sequence ->
              new ConfigNode.Sequence(
                  position(node), sequence.getValue().stream().map(this::convert).toList());
          case MappingNode mapping -> mapping(mapping);
          default -> nothing(node);
        };
    open.remove(node);
    converted.put(node, result);
    return result;
  }

  private ConfigNode scalar(ScalarNode node) {
    if (node.getTag().equals(Tag.BINARY)) {
      problems.add(new Problem(position(node), "a value must be text, not !!binary"));
    }
    boolean plain = node.getScalarStyle() == ScalarStyle.PLAIN;
    boolean isNull = node.getTag().equals(Tag.NULL);
    return new ConfigNode.Scalar(position(node), node.getValue(), plain, isNull);
  }

  private static ConfigNode nothing(Node node) {
    return new ConfigNode.Scalar(position(node), "", true, true);
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
    return new ConfigNode.Mapping(position(node), List.copyOf(entries));
  }

  private void add(NodeTuple tuple, Map<String, ConfigNode.Entry> own) {
    Position at = position(tuple.getKeyNode());
    ConfigNode value = convert(tuple.getValueNode());
    if (!(tuple.getKeyNode() instanceof ScalarNode key) || key.getTag().equals(Tag.BINARY)) {
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
      case ConfigNode.Mapping mapping ->
          mapping.entries().forEach(e -> merged.putIfAbsent(e.key(), e));
      case ConfigNode.Sequence list
          when list.items().stream().allMatch(ConfigNode.Mapping.class::isInstance) ->
          list.items()
              .forEach(
                  item ->
                      ((ConfigNode.Mapping) item)
                          .entries()
                          .forEach(e -> merged.putIfAbsent(e.key(), e)));
      case ConfigNode other ->
          problems.add(
              new Problem(
                  position(source),
                  "\"<<\" merges a mapping or a list of mappings, got %s".formatted(other.kind())));
    }
  }

  private static String describe(MarkedYAMLException e) {
    if (oneLine(e.getProblem()).startsWith(UNDEFINED_ALIAS)) {
      return "not valid YAML: an alias (*) names an anchor (&) that is not defined; if it is meant"
          + " as a text, put it in quotes";
    }
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
