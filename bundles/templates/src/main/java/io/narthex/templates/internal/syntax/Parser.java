package io.narthex.templates.internal.syntax;

import io.narthex.api.error.NarthexException;
import io.narthex.templates.internal.value.GoQuote;
import io.narthex.templates.internal.value.TemplateFault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads the controls of a template, once; {@link PipelineParser} reads what is inside of them. */
public final class Parser {
  private static final String DEFINE = "define clause";
  private static final String BLOCK = "block clause";
  private static final String TEMPLATE = "template clause";

  private final Source source;
  private final TokenStream tokens;
  private final Map<String, Definition> definitions = new LinkedHashMap<>();
  private PipelineParser pipelines;
  private final Predicate<String> functions;
  private int ranges;

  private Parser(Source source, Predicate<String> functions) {
    this.source = source;
    this.functions = functions;
    this.tokens = new TokenStream(source);
    this.pipelines = new PipelineParser(tokens, functions);
  }

  /**
   * Reads all that a text defines; what stands outside of definitions has the source's name.
   *
   * @param functions which names are functions
   * @throws NarthexException with {@link io.narthex.api.template.TemplateErrors#PARSE}
   */
  public static Map<String, Definition> parse(Source source, Predicate<String> functions) {
    Parser parser = new Parser(source, functions);
    parser.all();
    return parser.definitions;
  }

  /** How a body ended. */
  private enum Ending {
    END("{{end}}"),
    ELSE("{{else}}");

    private final String shown;

    Ending(String shown) {
      this.shown = shown;
    }
  }

  /** A node, or the end of the body that it would be in. */
  private record Item(@Nullable Node node, @Nullable Ending ending) {}

  private void all() {
    List<Node> top = new ArrayList<>();
    while (tokens.peek().type() != TokenType.EOF) {
      if (tokens.peek().type() == TokenType.LEFT_DELIMITER) {
        tokens.next();
        if (tokens.nextNonSpace().type() == TokenType.DEFINE) {
          definition();
          continue;
        }
        tokens.backTo(TokenType.LEFT_DELIMITER);
      }
      Item item = item();
      if (item.ending() != null) {
        throw tokens.error("unexpected " + item.ending().shown);
      }
      add(top, item);
    }
    define(source.name(), top);
  }

  private static void add(List<Node> nodes, Item item) {
    if (item.node() != null) {
      nodes.add(item.node());
    }
  }

  private void define(String name, List<Node> body) {
    Definition definition = new Definition(name, source, body);
    Definition old = definitions.get(name);
    if (old == null || old.isEmpty()) {
      definitions.put(name, definition);
    } else if (!definition.isEmpty()) {
      throw tokens.error(
          "template: multiple definition of template %s".formatted(GoQuote.quote(name)));
    }
  }

  private void definition() {
    Token token = tokens.nextNonSpace();
    if (token.type() != TokenType.STRING && token.type() != TokenType.RAW_STRING) {
      throw tokens.unexpected(token, DEFINE);
    }
    String name = unquoted(token);
    tokens.expect(TokenType.RIGHT_DELIMITER, DEFINE);
    define(name, ownBody(DEFINE));
  }

  /** A body with variables and ranges of its own. */
  private List<Node> ownBody(String context) {
    PipelineParser outerPipelines = pipelines;
    int outerRanges = ranges;
    pipelines = new PipelineParser(tokens, functions);
    ranges = 0;
    List<Node> body = new ArrayList<>();
    Ending ending = body(body);
    if (ending != Ending.END) {
      throw tokens.error("unexpected %s in %s".formatted(ending.shown, context));
    }
    pipelines = outerPipelines;
    ranges = outerRanges;
    return body;
  }

  private Ending body(List<Node> body) {
    tokens.enter();
    while (tokens.peekNonSpace().type() != TokenType.EOF) {
      Item item = item();
      if (item.ending() != null) {
        tokens.leave();
        return item.ending();
      }
      add(body, item);
    }
    throw tokens.error("unexpected EOF");
  }

  private Item item() {
    Token token = tokens.nextNonSpace();
    if (token.type() == TokenType.TEXT) {
      return new Item(new Node.Text(token.position(), token.text()), null);
    }
    if (token.type() != TokenType.LEFT_DELIMITER) {
      throw tokens.unexpected(token, "input");
    }
    tokens.actionLine(token.line());
    Item item = action();
    tokens.actionLine(0);
    return item;
  }

  private Item action() {
    Token token = tokens.nextNonSpace();
    return switch (token.type()) {
      case BLOCK -> node(block());
      case BREAK -> node(new Node.Break(outOfRange(token, "{{break}}")));
      case CONTINUE -> node(new Node.Continue(outOfRange(token, "{{continue}}")));
      case ELSE -> otherwise();
      case END -> end();
      case IF -> node(ifElse());
      case RANGE -> node(range());
      case TEMPLATE -> node(template());
      case WITH -> node(with());
      default -> {
        tokens.back();
        Token first = tokens.peek();
        yield node(
            new Node.Action(
                first.position(), pipelines.pipeline("command", TokenType.RIGHT_DELIMITER)));
      }
    };
  }

  private static Item node(Node node) {
    return new Item(node, null);
  }

  private Item end() {
    tokens.expect(TokenType.RIGHT_DELIMITER, "end");
    return new Item(null, Ending.END);
  }

  private Item otherwise() {
    TokenType next = tokens.peekNonSpace().type();
    // What follows in the same action is read by the control that is left.
    if (next != TokenType.IF && next != TokenType.WITH) {
      tokens.expect(TokenType.RIGHT_DELIMITER, "else");
    }
    return new Item(null, Ending.ELSE);
  }

  private int outOfRange(Token token, String what) {
    Token next = tokens.nextNonSpace();
    if (next.type() != TokenType.RIGHT_DELIMITER) {
      throw tokens.unexpected(next, what);
    }
    if (ranges == 0) {
      throw tokens.error(what + " outside {{range}}");
    }
    return token.position();
  }

  /** What {@code if}, {@code with} and {@code range} have in common. */
  private record Control(Node.Pipeline pipeline, List<Node> body, @Nullable List<Node> otherwise) {}

  private Node ifElse() {
    Control control = control("if", TokenType.IF);
    return new Node.If(
        control.pipeline().position(), control.pipeline(), control.body(), control.otherwise());
  }

  private Node with() {
    Control control = control("with", TokenType.WITH);
    return new Node.With(
        control.pipeline().position(), control.pipeline(), control.body(), control.otherwise());
  }

  private Node range() {
    Control control = control("range", TokenType.RANGE);
    return new Node.Range(
        control.pipeline().position(), control.pipeline(), control.body(), control.otherwise());
  }

  private Control control(String context, TokenType type) {
    int variables = pipelines.mark();
    Node.Pipeline pipeline = pipelines.pipeline(context, TokenType.RIGHT_DELIMITER);
    ranges += type == TokenType.RANGE ? 1 : 0;
    List<Node> body = new ArrayList<>();
    Ending ending = body(body);
    ranges -= type == TokenType.RANGE ? 1 : 0;
    List<Node> otherwise = ending == Ending.ELSE ? elseBody(type) : null;
    pipelines.release(variables);
    return new Control(pipeline, body, otherwise);
  }

  private List<Node> elseBody(TokenType type) {
    TokenType next = tokens.peek().type();
    if (type != TokenType.RANGE && next == type) {
      tokens.next();
      tokens.enter();
      List<Node> chained = List.of(type == TokenType.IF ? ifElse() : with());
      tokens.leave();
      return chained;
    }
    List<Node> body = new ArrayList<>();
    Ending ending = body(body);
    if (ending != Ending.END) {
      throw tokens.error("expected end; found " + ending.shown);
    }
    return body;
  }

  private Node block() {
    Token token = tokens.nextNonSpace();
    String name = templateName(token, BLOCK);
    Node.Pipeline pipeline = pipelines.pipeline(BLOCK, TokenType.RIGHT_DELIMITER);
    define(name, ownBody(BLOCK));
    return new Node.Template(token.position(), name, pipeline);
  }

  private Node template() {
    Token token = tokens.nextNonSpace();
    String name = templateName(token, TEMPLATE);
    Node.Pipeline pipeline = null;
    if (tokens.nextNonSpace().type() != TokenType.RIGHT_DELIMITER) {
      tokens.back();
      pipeline = pipelines.pipeline(TEMPLATE, TokenType.RIGHT_DELIMITER);
    }
    return new Node.Template(token.position(), name, pipeline);
  }

  private String templateName(Token token, String context) {
    if (token.type() != TokenType.STRING && token.type() != TokenType.RAW_STRING) {
      throw tokens.unexpected(token, context);
    }
    return unquoted(token);
  }

  private String unquoted(Token token) {
    try {
      return GoQuote.unquote(token.text());
    } catch (TemplateFault e) {
      throw tokens.error(String.valueOf(e.getMessage()));
    }
  }
}
