package io.narthex.templates.internal.syntax;

import io.narthex.templates.internal.value.GoQuote;
import java.util.ArrayList;
import java.util.List;

/** Cuts the text of a template into words, once. */
final class Lexer {
  private static final String LEFT = "{{";
  private static final String RIGHT = "}}";
  private static final String COMMENT = "/*";
  private static final String COMMENT_END = "*/";
  private static final int EOF = -1;

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int start;
  private int line = 1;
  private int lineCountedTo;
  private int parentheses;

  private Lexer(String text) {
    this.text = text;
  }

  /** All words; after an error there is only the end. */
  static List<Token> tokens(String text) {
    Lexer lexer = new Lexer(text);
    if (lexer.all()) {
      lexer.emit(TokenType.EOF);
    } else {
      lexer.tokens.add(new Token(TokenType.EOF, "", lexer.start, lexer.line));
    }
    return lexer.tokens;
  }

  private boolean all() {
    while (true) {
      int left = text.indexOf(LEFT, at);
      if (left < 0) {
        at = text.length();
        emitText(at);
        return true;
      }
      boolean trim = trimsBefore(left + LEFT.length());
      emitText(trim ? trimmedEnd(at, left) : left);
      start = left;
      at = left + LEFT.length();
      if (text.startsWith(COMMENT, trim ? at + 2 : at)) {
        start = trim ? at + 2 : at;
        if (!comment()) {
          return false;
        }
        continue;
      }
      emit(TokenType.LEFT_DELIMITER);
      at += trim ? 2 : 0;
      start = at;
      parentheses = 0;
      if (!action()) {
        return false;
      }
    }
  }

  private void emitText(int end) {
    if (end > start) {
      at = end;
      emit(TokenType.TEXT);
    }
  }

  private void emit(TokenType type) {
    tokens.add(new Token(type, text.substring(start, at), start, lineOf(start)));
    start = at;
  }

  private boolean fail(String message) {
    tokens.add(new Token(TokenType.ERROR, message, start, lineOf(start)));
    return false;
  }

  /** Positions only grow, so each line is counted once. */
  private int lineOf(int position) {
    while (lineCountedTo < position) {
      if (text.charAt(lineCountedTo++) == '\n') {
        line++;
      }
    }
    return line;
  }

  private boolean comment() {
    int end = text.indexOf(COMMENT_END, start + COMMENT.length());
    if (end < 0) {
      return fail("unclosed comment");
    }
    at = end + COMMENT_END.length();
    if (!atRight(at)) {
      return fail("comment ends before closing delimiter");
    }
    closeAction();
    start = at;
    return true;
  }

  private boolean atRight(int position) {
    return text.startsWith(RIGHT, position)
        || trimsAfter(position) && text.startsWith(RIGHT, position + 2);
  }

  /** Moves behind the closing delimiter and the space that it trims; says where it began. */
  private int closeAction() {
    boolean trim = trimsAfter(at) && text.startsWith(RIGHT, at + 2);
    int delimiter = trim ? at + 2 : at;
    at = delimiter + RIGHT.length();
    while (trim && at < text.length() && space(text.charAt(at))) {
      at++;
    }
    return delimiter;
  }

  private boolean trimsBefore(int position) {
    return position + 1 < text.length()
        && text.charAt(position) == '-'
        && space(text.charAt(position + 1));
  }

  private boolean trimsAfter(int position) {
    return position + 1 < text.length()
        && space(text.charAt(position))
        && text.charAt(position + 1) == '-';
  }

  private int trimmedEnd(int from, int to) {
    int end = to;
    while (end > from && space(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  private boolean action() {
    while (true) {
      if (atRight(at)) {
        return right();
      }
      int c = next();
      if (c == EOF) {
        return fail("unclosed action");
      }
      if (!word(c)) {
        return false;
      }
    }
  }

  private boolean right() {
    if (parentheses > 0) {
      return fail("unclosed left paren");
    }
    int delimiter = closeAction();
    tokens.add(new Token(TokenType.RIGHT_DELIMITER, RIGHT, delimiter, lineOf(delimiter)));
    start = at;
    return true;
  }

  private boolean word(int c) {
    switch (c) {
      case ' ', '\t', '\r', '\n' -> spaces();
      case '=' -> emit(TokenType.ASSIGN);
      case '|' -> emit(TokenType.PIPE);
      case '(' -> {
        parentheses++;
        emit(TokenType.LEFT_PARENTHESIS);
      }
      default -> {
        return longWord(c);
      }
    }
    return true;
  }

  private boolean longWord(int c) {
    return switch (c) {
      case ':' -> declare();
      case '"' -> quoted('"', TokenType.STRING, "unterminated quoted string");
      case '\'' -> quoted('\'', TokenType.CHARACTER, "unterminated character constant");
      case '`' -> raw();
      case '$' -> name(TokenType.VARIABLE, TokenType.VARIABLE);
      case ')' -> close();
      case '.' -> digit(peek()) || peek() == EOF ? number() : name(TokenType.FIELD, TokenType.DOT);
      case '+', '-' -> number();
      default -> digit(c) ? number() : alphanumeric(c) ? identifier() : other(c);
    };
  }

  private void spaces() {
    while (space(peek())) {
      at++;
    }
    // A minus sign after the last space may belong to the closing delimiter.
    if (atRight(at - 1)) {
      at--;
    }
    if (at > start) {
      emit(TokenType.SPACE);
    }
  }

  private boolean declare() {
    if (next() != '=') {
      return fail("expected :=");
    }
    emit(TokenType.DECLARE);
    return true;
  }

  private boolean close() {
    if (--parentheses < 0) {
      return fail("unexpected right paren");
    }
    emit(TokenType.RIGHT_PARENTHESIS);
    return true;
  }

  private boolean other(int c) {
    if (c > ' ' && c < 0x7F) {
      emit(TokenType.OTHER);
      return true;
    }
    return fail("unrecognized character in action: " + unicode(c));
  }

  private static String unicode(int c) {
    if (c == EOF) {
      return "U+FFFFFFFFFFFFFFFF";
    }
    String code = "U+%04X".formatted(c);
    return GoQuote.printable(c) ? code + " '" + Character.toString(c) + "'" : code;
  }

  private boolean identifier() {
    while (alphanumeric(peek())) {
      next();
    }
    if (!atTerminator()) {
      return fail("bad character " + unicode(peek()));
    }
    emit(TokenType.ofWord(text.substring(start, at)));
    return true;
  }

  private boolean name(TokenType named, TokenType bare) {
    if (atTerminator()) {
      emit(bare);
      return true;
    }
    while (alphanumeric(peek())) {
      next();
    }
    if (!atTerminator()) {
      return fail("bad character " + unicode(peek()));
    }
    emit(named);
    return true;
  }

  private boolean atTerminator() {
    int c = peek();
    return switch (c) {
      case EOF, ' ', '\t', '\r', '\n', '.', ',', '|', ':', ')', '(' -> true;
      default -> text.startsWith(RIGHT, at);
    };
  }

  private boolean quoted(char quote, TokenType type, String unterminated) {
    while (true) {
      int c = next();
      if (c == '\\') {
        c = next();
        if (c != EOF && c != '\n') {
          continue;
        }
      }
      if (c == EOF || c == '\n') {
        return fail(unterminated);
      }
      if (c == quote) {
        emit(type);
        return true;
      }
    }
  }

  private boolean raw() {
    int end = text.indexOf('`', at);
    if (end < 0) {
      return fail("unterminated raw quoted string");
    }
    at = end + 1;
    emit(TokenType.RAW_STRING);
    return true;
  }

  private boolean number() {
    at = start;
    boolean good = scanNumber();
    int sign = peek();
    if (good && (sign == '+' || sign == '-')) {
      good = scanNumber() && text.charAt(at - 1) == 'i';
      if (good) {
        emit(TokenType.COMPLEX);
        return true;
      }
    }
    if (!good) {
      return fail("bad number syntax: " + GoQuote.quote(text.substring(start, at)));
    }
    emit(TokenType.NUMBER);
    return true;
  }

  private boolean scanNumber() {
    accept("+-");
    String digits = "0123456789_";
    if (accept("0")) {
      if (accept("xX")) {
        digits = "0123456789abcdefABCDEF_";
      } else if (accept("oO")) {
        digits = "01234567_";
      } else if (accept("bB")) {
        digits = "01_";
      }
    }
    acceptAll(digits);
    if (accept(".")) {
      acceptAll(digits);
    }
    if (digits.length() == 11 && accept("eE") || digits.length() == 23 && accept("pP")) {
      accept("+-");
      acceptAll("0123456789_");
    }
    accept("i");
    if (alphanumeric(peek())) {
      next();
      return false;
    }
    return true;
  }

  private boolean accept(String set) {
    int c = peek();
    if (c == EOF || set.indexOf(c) < 0) {
      return false;
    }
    at++;
    return true;
  }

  private void acceptAll(String set) {
    while (accept(set)) {
      continue;
    }
  }

  private int next() {
    int c = peek();
    at += c == EOF ? 0 : Character.charCount(c);
    return c;
  }

  private int peek() {
    return at < text.length() ? text.codePointAt(at) : EOF;
  }

  private static boolean space(int c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  private static boolean digit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean alphanumeric(int c) {
    return c == '_' || c != EOF && Character.isLetterOrDigit(c);
  }
}
