package io.narthex.templates.internal.syntax;

import io.narthex.templates.internal.value.GoQuote;
import io.narthex.templates.internal.value.TemplateFault;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads pipelines, and knows which variables there are. */
final class PipelineParser {
  private static final String RANGE = "range";

  private final TokenStream tokens;
  private final Predicate<String> functions;
  private final List<String> variables = new ArrayList<>(List.of("$"));

  PipelineParser(TokenStream tokens, Predicate<String> functions) {
    this.tokens = tokens;
    this.functions = functions;
  }

  int mark() {
    return variables.size();
  }

  void release(int mark) {
    variables.subList(mark, variables.size()).clear();
  }

  /** Reads a pipeline and what ends it. */
  Node.Pipeline pipeline(String context, TokenType end) {
    int position = tokens.peekNonSpace().position();
    List<Node.Variable> declared = new ArrayList<>();
    boolean assigns = declarations(context, declared);
    List<Node.Command> commands = new ArrayList<>();
    while (true) {
      Token token = tokens.nextNonSpace();
      if (token.type() == end) {
        check(commands, context);
        return new Node.Pipeline(position, List.copyOf(declared), assigns, List.copyOf(commands));
      }
      if (!token.type().operand()) {
        throw tokens.unexpected(token, context);
      }
      tokens.back();
      commands.add(command());
    }
  }

  private boolean declarations(String context, List<Node.Variable> declared) {
    while (tokens.peekNonSpace().type() == TokenType.VARIABLE) {
      int mark = tokens.mark();
      Token variable = tokens.nextNonSpace();
      Token next = tokens.peekNonSpace();
      if (next.type() == TokenType.ASSIGN || next.type() == TokenType.DECLARE) {
        tokens.nextNonSpace();
        declare(variable, declared);
        return next.type() == TokenType.ASSIGN;
      }
      if (next.type() != TokenType.OTHER || !next.text().equals(",")) {
        tokens.backTo(mark);
        return false;
      }
      tokens.nextNonSpace();
      declare(variable, declared);
      another(context, declared.size());
    }
    return false;
  }

  private void declare(Token variable, List<Node.Variable> declared) {
    declared.add(new Node.Variable(variable.position(), variable.text(), List.of()));
    variables.add(variable.text());
  }

  private void another(String context, int count) {
    if (!context.equals(RANGE) || count >= 2) {
      throw tokens.error("too many declarations in " + context);
    }
    switch (tokens.peekNonSpace().type()) {
      case VARIABLE, RIGHT_DELIMITER, RIGHT_PARENTHESIS -> {}
      default -> throw tokens.error("range can only initialize variables");
    }
  }

  private void check(List<Node.Command> commands, String context) {
    if (commands.isEmpty()) {
      throw tokens.error("missing value for " + context);
    }
    for (int i = 1; i < commands.size(); i++) {
      switch (commands.get(i).words().getFirst()) {
        case Node.Bool ignored -> throw notExecutable(i);
        case Node.Dot ignored -> throw notExecutable(i);
        case Node.Nil ignored -> throw notExecutable(i);
        case Node.Numeral ignored -> throw notExecutable(i);
        case Node.Literal ignored -> throw notExecutable(i);
        default -> {}
      }
    }
  }

  private RuntimeException notExecutable(int index) {
    return tokens.error("non executable command in pipeline stage %d".formatted(index + 1));
  }

  private Node.Command command() {
    int position = tokens.peekNonSpace().position();
    List<Node.Operand> words = new ArrayList<>();
    while (true) {
      tokens.peekNonSpace();
      Node.Operand operand = operand();
      if (operand != null) {
        words.add(operand);
      }
      Token token = tokens.next();
      switch (token.type()) {
        case SPACE -> {
          continue;
        }
        case RIGHT_DELIMITER, RIGHT_PARENTHESIS -> tokens.back();
        case PIPE -> {}
        default -> throw tokens.unexpected(token, "operand");
      }
      break;
    }
    if (words.isEmpty()) {
      throw tokens.error("empty command");
    }
    return new Node.Command(position, List.copyOf(words));
  }

  private Node.@Nullable Operand operand() {
    Node.Operand term = term();
    if (term == null || tokens.peek().type() != TokenType.FIELD) {
      return term;
    }
    int position = tokens.peek().position();
    List<String> names = new ArrayList<>();
    while (tokens.peek().type() == TokenType.FIELD) {
      names.add(tokens.next().text().substring(1));
    }
    return switch (term) {
      case Node.Field field -> new Node.Field(position, joined(field.names(), names));
      case Node.Variable variable ->
          new Node.Variable(position, variable.name(), joined(variable.fields(), names));
      case Node.Bool ignored -> throw noFields(term);
      case Node.Literal ignored -> throw noFields(term);
      case Node.Numeral ignored -> throw noFields(term);
      case Node.Nil ignored -> throw noFields(term);
      case Node.Dot ignored -> throw noFields(term);
      default -> new Node.Chain(position, term, List.copyOf(names));
    };
  }

  private RuntimeException noFields(Node.Operand term) {
    return tokens.error("unexpected . after term " + GoQuote.quote(term.toString()));
  }

  private static List<String> joined(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return List.copyOf(all);
  }

  private Node.@Nullable Operand term() {
    Token token = tokens.nextNonSpace();
    int position = token.position();
    try {
      return switch (token.type()) {
        case IDENTIFIER -> identifier(token);
        case DOT -> new Node.Dot(position);
        case NIL -> new Node.Nil(position);
        case VARIABLE -> variable(token);
        case FIELD -> new Node.Field(position, List.of(token.text().substring(1)));
        case BOOL -> new Node.Bool(position, token.text().equals("true"));
        case CHARACTER -> NumeralParser.character(position, token.text());
        case COMPLEX, NUMBER -> NumeralParser.number(position, token.text());
        case LEFT_PARENTHESIS -> parenthesized();
        case STRING, RAW_STRING ->
            new Node.Literal(position, token.text(), GoQuote.unquote(token.text()));
        default -> {
          tokens.back();
          yield null;
        }
      };
    } catch (TemplateFault e) {
      throw tokens.error(String.valueOf(e.getMessage()));
    }
  }

  private Node.Operand identifier(Token token) {
    if (!functions.test(token.text())) {
      throw tokens.error("function %s not defined".formatted(GoQuote.quote(token.text())));
    }
    return new Node.Identifier(token.position(), token.text());
  }

  private Node.Operand variable(Token token) {
    if (!variables.contains(token.text())) {
      throw tokens.error("undefined variable " + GoQuote.quote(token.text()));
    }
    return new Node.Variable(token.position(), token.text(), List.of());
  }

  private Node.Operand parenthesized() {
    tokens.enter();
    Node.Pipeline pipeline = pipeline("parenthesized pipeline", TokenType.RIGHT_PARENTHESIS);
    tokens.leave();
    return pipeline;
  }
}
