package io.narthex.promql.internal.lexer;

import io.narthex.api.error.NarthexException;
import io.narthex.promql.internal.source.GoText;
import io.narthex.promql.internal.source.Source;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Cuts an expression into tokens, one at a time. What a character means depends on whether braces
 * or brackets are open, as in upstream's lexer; what it cannot read is a parse error with
 * upstream's text and position.
 */
public final class Lexer {
  private static final int END = -1;
  private static final int BAD_RUNE = 0xfffd;

  private enum State {
    STATEMENT,
    BRACES,
    DURATION
  }

  private final Source source;
  private final String text;
  private State state = State.STATEMENT;
  private int pos;
  private int start;
  private int width;
  private int parenDepth;
  private boolean bracketOpen;
  private boolean gotColon;
  private boolean gotDuration;

  /** A lexer at the start of the text. */
  public Lexer(Source source) {
    this.source = source;
    this.text = source.text();
  }

  /**
   * The next token; at the end, the end again and again.
   *
   * @throws NarthexException a parse error
   */
  public Token next() {
    while (true) {
      Token token =
          switch (state) {
            case STATEMENT -> inStatement();
            case BRACES -> inBraces();
            case DURATION -> inDuration();
          };
      if (token != null) {
        return token;
      }
    }
  }

  private @Nullable Token inStatement() {
    int c = read();
    if (c == END) {
      return end();
    }
    if (c == '#') {
      return skipComment();
    }
    if (isSpace(c)) {
      return skipSpaces();
    }
    if (isDigit(c) || (c == '.' && isDigit(peek()))) {
      unread();
      return numberOrDuration();
    }
    if (isAlpha(c) || c == ':') {
      return wordOrColon(c);
    }
    return switch (c) {
      case ',' -> emit(TokenType.COMMA);
      case '*' -> emit(TokenType.MUL);
      case '/' -> emit(TokenType.DIV);
      case '%' -> emit(TokenType.MOD);
      case '+' -> emit(TokenType.ADD);
      case '-' -> emit(TokenType.SUB);
      case '^' -> emit(TokenType.POW);
      case '@' -> emit(TokenType.AT);
      case '=', '!', '<', '>' -> comparison(c);
      case '"', '\'' -> string(c);
      case '`' -> rawString();
      case '(' -> leftParen();
      case ')' -> rightParen();
      case '{' -> enter(State.BRACES, TokenType.LEFT_BRACE);
      case '[' -> leftBracket();
      case ']' -> rightBracket();
      default -> throw fail("unexpected character: " + GoText.quoteRune(c));
    };
  }

  private Token end() {
    if (parenDepth != 0) {
      throw fail("unclosed left parenthesis");
    }
    if (bracketOpen) {
      throw fail("unclosed left bracket");
    }
    return emit(TokenType.EOF);
  }

  private Token comparison(int c) {
    switch (c) {
      case '=' -> {
        if (peek() == '~') {
          throw fail("unexpected character after '=': '~'");
        }
        return accept('=') ? emit(TokenType.EQUALS) : emit(TokenType.EQUAL);
      }
      case '!' -> {
        int after = read();
        if (after != '=') {
          throw fail("unexpected character after '!': " + GoText.quoteRune(after));
        }
        return emit(TokenType.NOT_EQUAL);
      }
      case '<' -> {
        if (accept('=')) {
          return emit(TokenType.LESS_EQUAL);
        }
        return accept('/') ? emit(TokenType.TRIM_UPPER) : emit(TokenType.LESS);
      }
      default -> {
        if (accept('=')) {
          return emit(TokenType.GREATER_EQUAL);
        }
        return accept('/') ? emit(TokenType.TRIM_LOWER) : emit(TokenType.GREATER);
      }
    }
  }

  private Token leftParen() {
    parenDepth++;
    return emit(TokenType.LEFT_PAREN);
  }

  private Token rightParen() {
    Token token = emit(TokenType.RIGHT_PAREN);
    parenDepth--;
    if (parenDepth < 0) {
      throw fail("unexpected right parenthesis ')'");
    }
    return token;
  }

  private Token leftBracket() {
    if (bracketOpen) {
      throw fail("unexpected left bracket '['");
    }
    gotColon = false;
    bracketOpen = true;
    Token token = enter(State.DURATION, TokenType.LEFT_BRACKET);
    skipSpaces();
    return token;
  }

  private Token rightBracket() {
    if (!bracketOpen) {
      throw fail("unexpected right bracket ']'");
    }
    bracketOpen = false;
    return emit(TokenType.RIGHT_BRACKET);
  }

  private Token wordOrColon(int c) {
    if (!bracketOpen) {
      unread();
      return keywordOrIdentifier();
    }
    if (c == ':') {
      if (gotColon) {
        throw fail("unexpected colon ':'");
      }
      gotColon = true;
      return emit(TokenType.COLON);
    }
    Token word = durationWord(c);
    if (word == null) {
      throw fail("unexpected character: " + GoText.quoteRune(c) + ", expected ':'");
    }
    return word;
  }

  private Token keywordOrIdentifier() {
    int c = read();
    while (isAlphaNumeric(c) || c == ':') {
      c = read();
    }
    unread();
    String word = text.substring(start, pos);
    TokenType keyword = TokenType.ofWord(word);
    boolean fill =
        keyword == TokenType.FILL
            || keyword == TokenType.FILL_LEFT
            || keyword == TokenType.FILL_RIGHT;
    if (keyword != null && !(fill && !leftParenFollows())) {
      return emit(keyword);
    }
    return emit(word.indexOf(':') < 0 ? TokenType.IDENTIFIER : TokenType.METRIC_IDENTIFIER);
  }

  private boolean leftParenFollows() {
    int i = pos;
    while (i < text.length() && isSpace(text.charAt(i))) {
      i++;
    }
    return i < text.length() && text.charAt(i) == '(';
  }

  private @Nullable Token inBraces() {
    int c = read();
    if (c == END) {
      throw fail("unexpected end of input inside braces");
    }
    if (c == '#') {
      return skipComment();
    }
    if (isSpace(c)) {
      return skipSpaces();
    }
    if (isAlpha(c)) {
      while (isAlphaNumeric(peek())) {
        read();
      }
      return emit(TokenType.IDENTIFIER);
    }
    return switch (c) {
      case ',' -> emit(TokenType.COMMA);
      case '"', '\'' -> string(c);
      case '`' -> rawString();
      case '=' -> accept('~') ? emit(TokenType.REGEX) : emit(TokenType.EQUAL);
      case '!' -> notInBraces();
      case '{' -> throw fail("unexpected left brace '{'");
      case '}' -> enter(State.STATEMENT, TokenType.RIGHT_BRACE);
      default -> throw fail("unexpected character inside braces: " + GoText.quoteRune(c));
    };
  }

  private Token notInBraces() {
    int after = read();
    return switch (after) {
      case '~' -> emit(TokenType.NOT_REGEX);
      case '=' -> emit(TokenType.NOT_EQUAL);
      default ->
          throw fail("unexpected character after '!' inside braces: " + GoText.quoteRune(after));
    };
  }

  /**
   * Between a left bracket and the first number after it; from there on the statement state knows
   * what brackets hold.
   */
  private @Nullable Token inDuration() {
    int c = read();
    if (c == END) {
      throw fail("unexpected end of input in duration expression");
    }
    if (isSpace(c)) {
      return skipSpaces();
    }
    if (isDigit(c) || (c == '.' && isDigit(peek()))) {
      unread();
      gotDuration = true;
      state = State.STATEMENT;
      return numberOrDuration();
    }
    return switch (c) {
      case ']' -> {
        bracketOpen = false;
        gotColon = false;
        yield enter(State.STATEMENT, TokenType.RIGHT_BRACKET);
      }
      case ':' -> colonInDuration();
      case '(' -> leftParen();
      case ')' -> rightParen();
      case '+' -> emit(TokenType.ADD);
      case '-' -> emit(TokenType.SUB);
      case '*' -> emit(TokenType.MUL);
      case '/' -> emit(TokenType.DIV);
      case '%' -> emit(TokenType.MOD);
      case '^' -> emit(TokenType.POW);
      case ',' -> emit(TokenType.COMMA);
      default -> {
        Token word = durationWord(c);
        if (word == null) {
          throw fail("unexpected character in duration expression: " + GoText.quoteRune(c));
        }
        yield word;
      }
    };
  }

  private Token colonInDuration() {
    Token colon = emit(TokenType.COLON);
    if (!gotDuration) {
      throw fail("unexpected colon before duration in duration expression");
    }
    if (gotColon) {
      throw fail("unexpected repeated colon in duration expression");
    }
    gotColon = true;
    return colon;
  }

  /**
   * One of the words that may stand in a duration; null if it is none of them. The first letter has
   * been read.
   */
  private @Nullable Token durationWord(int first) {
    if ("srmSRM".indexOf(first) < 0) {
      return null;
    }
    while (isAlpha(peek())) {
      read();
    }
    return switch (text.substring(start, pos).toLowerCase(Locale.ROOT)) {
      case "step" -> emit(TokenType.STEP);
      case "range" -> emit(TokenType.RANGE);
      case "max_of" -> emit(TokenType.MAX_OF);
      case "min_of" -> emit(TokenType.MIN_OF);
      default -> null;
    };
  }

  private Token numberOrDuration() {
    NumberScan scan = new NumberScan(text, pos);
    if (scan.number()) {
      pos = scan.end();
      return emit(TokenType.NUMBER);
    }
    boolean duration = scan.duration();
    pos = scan.end();
    if (!duration) {
      throw fail("bad number or duration syntax: " + GoText.quote(text.substring(start, pos)));
    }
    return emit(TokenType.DURATION);
  }

  private Token string(int quote) {
    while (true) {
      int c = read();
      if (c == '\\') {
        escape(quote);
      } else if (c == BAD_RUNE) {
        throw fail("invalid UTF-8 rune");
      } else if (c == END || c == '\n') {
        throw fail("unterminated quoted string");
      } else if (c == quote) {
        return emit(TokenType.STRING);
      }
    }
  }

  private Token rawString() {
    while (true) {
      int c = read();
      if (c == BAD_RUNE) {
        throw fail("invalid UTF-8 rune");
      }
      if (c == END) {
        throw fail("unterminated raw string");
      }
      if (c == '`') {
        return emit(TokenType.STRING);
      }
    }
  }

  private void escape(int quote) {
    int c = read();
    switch (c) {
      case 'a', 'b', 'f', 'n', 'r', 't', 'v', '\\' -> {}
      case '0', '1', '2', '3', '4', '5', '6', '7' -> digits(c, 3, 8, 255);
      case 'x' -> digits(read(), 2, 16, 255);
      case 'u' -> digits(read(), 4, 16, Character.MAX_CODE_POINT);
      case 'U' -> digits(read(), 8, 16, Character.MAX_CODE_POINT);
      case END -> throw fail("escape sequence not terminated");
      default -> {
        if (c != quote) {
          throw fail("unknown escape sequence " + GoText.describeRune(c));
        }
      }
    }
  }

  private void digits(int first, int count, int base, int max) {
    long value = 0;
    int c = first;
    for (int left = count; left > 0; left--) {
      int digit = c < 128 && c >= 0 ? Character.digit(c, base) : -1;
      if (digit < 0) {
        throw fail(
            c == END
                ? "escape sequence not terminated"
                : "illegal character " + GoText.describeRune(c) + " in escape sequence");
      }
      value = (value * base + digit) & 0xffff_ffffL;
      if (left > 1) {
        c = read();
      }
    }
    if (value > max || (value >= 0xd800 && value < 0xe000)) {
      throw fail("escape sequence is an invalid Unicode code point");
    }
  }

  private @Nullable Token skipSpaces() {
    while (isSpace(peek())) {
      read();
    }
    start = pos;
    return null;
  }

  private @Nullable Token skipComment() {
    int c = read();
    while (c != '\n' && c != '\r' && c != END) {
      c = read();
    }
    unread();
    start = pos;
    return null;
  }

  private Token enter(State next, TokenType type) {
    state = next;
    return emit(type);
  }

  private Token emit(TokenType type) {
    Token token = new Token(type, text.substring(start, pos), start);
    start = pos;
    return token;
  }

  private NarthexException fail(String message) {
    return source.parseError(start, message);
  }

  private int read() {
    if (pos >= text.length()) {
      width = 0;
      return END;
    }
    int c = text.codePointAt(pos);
    width = Character.charCount(c);
    pos += width;
    return Character.getType(c) == Character.SURROGATE ? BAD_RUNE : c;
  }

  private void unread() {
    pos -= width;
  }

  private int peek() {
    return pos < text.length() ? text.codePointAt(pos) : END;
  }

  private boolean accept(int c) {
    if (peek() != c) {
      return false;
    }
    read();
    return true;
  }

  static boolean isSpace(int c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  static boolean isAlpha(int c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  static boolean isAlphaNumeric(int c) {
    return isAlpha(c) || isDigit(c);
  }
}
