package io.narthex.api.yaml;

import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Position;
import io.narthex.api.section.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads YAML text into a {@link ConfigNode} tree. SnakeYAML composes; merges ({@code <<}) are
 * resolved, and what a configuration must not have is refused: keys that stand twice, keys that are
 * no strings, values that contain themselves, aliases that make a small text a large tree. All that
 * is wrong with the tree is collected, not only the first.
 */
public final class YamlReader {
  /** SnakeYAML's text, which quotes the name: it may be a password that begins with an asterisk. */
  private static final String UNDEFINED_ALIAS = "found undefined alias";

  private static final int MAX_CODE_POINTS = 32 * 1024 * 1024;
  private static final int MAX_DEPTH = 100;

  private YamlReader() {}

  /**
   * Reads a document of a configuration.
   *
   * @param problems gets what is wrong
   * @return the root; empty if the text has no document or cannot be read at all
   */
  public static Optional<ConfigNode> read(String text, List<Problem> problems) {
    return read(text, YamlOptions.CONFIGURATION, problems);
  }

  /**
   * Reads a document.
   *
   * @param problems gets what is wrong
   * @return the root; empty if the text has no document or cannot be read at all
   */
  public static Optional<ConfigNode> read(
      String text, YamlOptions options, List<Problem> problems) {
    String body = SeparatorTabs.toSpaces(text.startsWith("\ufeff") ? text.substring(1) : text);
    List<Problem> found = new ArrayList<>();
    try {
      Optional<Node> root = compose(body, options, found);
      Optional<ConfigNode> tree = root.map(node -> new YamlNodes(options, found).tree(node));
      problems.addAll(found);
      return tree;
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark() != null ? e.getProblemMark() : e.getContextMark();
      problems.add(new Problem(position(mark), describe(e)));
    } catch (ReaderException e) {
      problems.add(
          new Problem(
              YamlText.place(body, e.getPosition()),
              "not valid YAML: the character U+%04X is not allowed".formatted(e.getCodePoint())));
    } catch (YAMLException e) {
      // Only the limits of the loader have no place.
      String message =
          oneLine(e.getMessage())
              .replaceFirst("^Nesting Depth.*", "lists and mappings are nested too deeply");
      problems.add(new Problem(Position.START, "not valid YAML: " + message));
    } catch (YamlNodes.TooLargeException e) {
      problems.add(e.problem());
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

  private static Optional<Node> compose(String body, YamlOptions how, List<Problem> problems) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_CODE_POINTS);
    options.setMaxAliasesForCollections(Integer.MAX_VALUE);
    options.setNestingDepthLimit(MAX_DEPTH);
    // Nothing is constructed here: a tag only says that a scalar is a text.
    options.setTagInspector(tag -> true);
    StreamReader reader = new StreamReader(body);
    Composer composer = new Composer(new ParserImpl(reader, options), new PlainScalars(), options);
    try {
      Optional<Node> root =
          composer.checkNode() ? Optional.of(composer.getNode()) : Optional.empty();
      while (!how.onlyFirstDocument() && composer.checkNode()) {
        Node more = composer.getNode();
        if (!PlainScalars.isNull(more)) {
          problems.add(
              new Problem(
                  position(more.getStartMark()),
                  "a second document begins here (---); a file must have only one"));
          break;
        }
      }
      return root;
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      // SnakeYAML lets these out of some broken escapes of code points.
      throw new UnreadableEscapeException(reader.getMark());
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

  static Position position(@Nullable Mark mark) {
    return mark == null ? Position.START : new Position(mark.getLine() + 1, mark.getColumn() + 1);
  }
}
