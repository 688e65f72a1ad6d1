package io.narthex.api.yaml;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Turns the tabs that separate things in YAML into spaces, one for one, so that places stay where
 * they are. Upstream's reader takes such tabs, SnakeYAML takes none. Tabs that are content, or that
 * upstream refuses (in the indentation, or after the {@code -} of a list), are left alone; behind
 * the first of these nothing is changed any more.
 *
 * <p>For this it follows the text as a scanner of YAML does, without making tokens: in lists and
 * mappings in brackets every tab outside of scalars separates, elsewhere those that stand where no
 * key may begin.
 */
final class SeparatorTabs {
  private static final int NONE = -1;

  private final char[] text;
  private final int end;
  private final Deque<Integer> outer = new ArrayDeque<>();
  private int pos;
  private int lineStart;
  private int indent = NONE;
  private int flowDepth;
  private boolean keyAllowed = true;
  private int keyLineStart = NONE;
  private int keyColumn = NONE;
  private boolean stopped;

  private SeparatorTabs(String text, int end) {
    this.text = text.toCharArray();
    this.end = end;
  }

  /** The text with spaces in the place of tabs that separate. */
  static String toSpaces(String text) {
    int last = text.lastIndexOf('\t');
    if (last < 0) {
      return text;
    }
    SeparatorTabs tabs = new SeparatorTabs(text, last);
    tabs.run();
    return new String(tabs.text);
  }

  private void run() {
    while (!stopped && pos <= end) {
      skipToToken();
      if (pos <= end && !stopped) {
        token();
      }
    }
  }

  private void skipToToken() {
    while (pos <= end) {
      char c = text[pos];
      if (c == '\t' && flowDepth == 0 && keyAllowed) {
        stopped = true;
        return;
      } else if (c == ' ' || c == '\t') {
        space();
      } else if (c == '#') {
        skipToLineEnd();
      } else if (isBreak(c)) {
        newLine();
        keyAllowed |= flowDepth == 0;
      } else {
        return;
      }
    }
  }

  private void token() {
    char c = text[pos];
    if (flowDepth == 0) {
      unwind(column());
    }
    if (column() == 0 && c == '%') {
      directive();
    } else if (isDocumentMark()) {
      unwind(NONE);
      keyAllowed = false;
      keyColumn = NONE;
      pos += 3;
    } else if (c == '[' || c == '{') {
      rememberKey();
      flowDepth++;
      keyAllowed = true;
      pos++;
    } else if (c == ']' || c == '}') {
      flowDepth = Math.max(0, flowDepth - 1);
      keyAllowed = false;
      pos++;
    } else if (c == ',') {
      keyAllowed = true;
      pos++;
    } else if (c == '-' && isBlankOrEnd(pos + 1)) {
      indicator(column(), true);
    } else if (c == '?' && (flowDepth > 0 || isBlankOrEnd(pos + 1))) {
      indicator(column(), flowDepth == 0);
    } else if (c == ':' && (flowDepth > 0 || isBlankOrEnd(pos + 1))) {
      boolean simple = keyColumn != NONE && keyLineStart == lineStart;
      indicator(simple ? keyColumn : column(), !simple && flowDepth == 0);
    } else {
      content(c);
    }
  }

  /** A character that says what follows: an item, a key, a value. */
  private void indicator(int column, boolean keyMayFollow) {
    if (flowDepth == 0) {
      if (indent < column) {
        outer.push(indent);
        indent = column;
      }
      keyColumn = NONE;
    }
    keyAllowed = keyMayFollow;
    pos++;
  }

  private void content(char c) {
    if (flowDepth == 0 && (c == '|' || c == '>')) {
      block();
      return;
    }
    rememberKey();
    keyAllowed = false;
    switch (c) {
      case '*', '&' -> {
        pos++;
        while (pos <= end && isNameCharacter(text[pos])) {
          pos++;
        }
      }
      case '!' -> {
        while (!isBlankOrEnd(pos) && !(flowDepth > 0 && isFlowIndicator(text[pos]))) {
          pos++;
        }
      }
      case '\'' -> singleQuoted();
      case '"' -> doubleQuoted();
      case '@', '`', '%' -> stopped = true;
      default -> plain();
    }
  }

  private void rememberKey() {
    if (keyAllowed && flowDepth == 0) {
      keyColumn = column();
      keyLineStart = lineStart;
    }
  }

  private void unwind(int column) {
    while (indent > column) {
      indent = outer.pop();
    }
  }

  private void directive() {
    while (pos <= end && !isBreak(text[pos]) && text[pos] != '#') {
      space();
    }
  }

  private void singleQuoted() {
    pos++;
    while (pos <= end) {
      char c = text[pos];
      if (isBreak(c)) {
        newLine();
      } else if (c != '\'') {
        pos++;
      } else if (pos + 1 < text.length && text[pos + 1] == '\'') {
        pos += 2;
      } else {
        pos++;
        return;
      }
    }
  }

  private void doubleQuoted() {
    pos++;
    while (pos <= end) {
      char c = text[pos];
      if (isBreak(c)) {
        newLine();
      } else if (c == '\\' && pos + 1 < text.length && !isBreak(text[pos + 1])) {
        // An escaped tab is a tab; SnakeYAML knows it only by its letter.
        if (text[pos + 1] == '\t') {
          text[pos + 1] = 't';
        }
        pos += 2;
      } else {
        pos++;
        if (c == '"') {
          return;
        }
      }
    }
  }

  private void plain() {
    boolean atLineStart = false;
    while (pos <= end && text[pos] != '#' && !isDocumentMark()) {
      int begin = pos;
      while (!isBlankOrEnd(pos) && !endsPlain()) {
        pos++;
      }
      atLineStart &= pos == begin;
      if (pos > end || !isBlankOrEnd(pos)) {
        break;
      }
      atLineStart = blanks(atLineStart);
      if (stopped || flowDepth == 0 && column() <= indent) {
        break;
      }
    }
    keyAllowed |= atLineStart;
  }

  /** What stands between the words of a plain scalar; whether it ends behind a line break. */
  private boolean blanks(boolean atLineStart) {
    boolean leading = atLineStart;
    while (pos <= end && isBlankOrEnd(pos)) {
      if (isBreak(text[pos])) {
        newLine();
        leading = true;
      } else if (leading && text[pos] == '\t' && column() <= indent) {
        stopped = true;
        return leading;
      } else if (leading) {
        space();
      } else {
        pos++;
      }
    }
    return leading;
  }

  private boolean endsPlain() {
    char c = text[pos];
    return c == ':' && isBlankOrEnd(pos + 1) || flowDepth > 0 && (isFlowIndicator(c) || c == '?');
  }

  private void block() {
    keyColumn = NONE;
    keyAllowed = true;
    pos++;
    int more = 0;
    while (pos <= end && "+-0123456789".indexOf(text[pos]) >= 0) {
      more = Character.isDigit(text[pos]) ? text[pos] - '0' : more;
      pos++;
    }
    while (pos <= end && (text[pos] == ' ' || text[pos] == '\t')) {
      space();
    }
    if (pos <= end && text[pos] == '#') {
      skipToLineEnd();
    }
    if (pos > end || !isBreak(text[pos])) {
      stopped = true;
      return;
    }
    newLine();
    blockLines(more > 0 ? Math.max(indent, 0) + more : blockIndent());
  }

  /** How far the lines of a block scalar that begins here are indented. */
  private int blockIndent() {
    int most = Math.max(indent + 1, 1);
    int i = pos;
    int begin = pos;
    while (i < text.length && (text[i] == ' ' || isBreak(text[i]))) {
      if (text[i] == ' ') {
        i++;
      } else {
        most = Math.max(most, i - begin);
        i = afterBreak(i);
        begin = i;
      }
    }
    return Math.max(most, i - begin);
  }

  private void blockLines(int column) {
    while (pos <= end) {
      while (pos <= end && column() < column && text[pos] == ' ') {
        pos++;
      }
      if (pos <= end && isBreak(text[pos])) {
        newLine();
      } else if (column() < column) {
        return;
      } else {
        skipToLineEnd();
      }
    }
  }

  private void skipToLineEnd() {
    while (pos <= end && !isBreak(text[pos])) {
      pos++;
    }
  }

  private void space() {
    if (text[pos] == '\t') {
      text[pos] = ' ';
    }
    pos++;
  }

  private void newLine() {
    pos = afterBreak(pos);
    lineStart = pos;
  }

  private int afterBreak(int at) {
    boolean two = text[at] == '\r' && at + 1 < text.length && text[at + 1] == '\n';
    return at + (two ? 2 : 1);
  }

  private int column() {
    return pos - lineStart;
  }

  private boolean isDocumentMark() {
    return column() == 0
        && pos + 2 < text.length
        && (text[pos] == '-' || text[pos] == '.')
        && text[pos + 1] == text[pos]
        && text[pos + 2] == text[pos]
        && isBlankOrEnd(pos + 3);
  }

  private boolean isBlankOrEnd(int at) {
    return at >= text.length || text[at] == ' ' || text[at] == '\t' || isBreak(text[at]);
  }

  private static boolean isBreak(char c) {
    return c == '\n' || c == '\r' || c == '\u0085' || c == '\u2028' || c == '\u2029';
  }

  private static boolean isFlowIndicator(char c) {
    return c == ',' || c == '[' || c == ']' || c == '{' || c == '}';
  }

  private static boolean isNameCharacter(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '_'
        || c == '-';
  }
}
