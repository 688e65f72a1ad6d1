package io.narthex.templates.internal.output;

import io.narthex.templates.internal.value.BoundedText;
import java.util.Locale;
import java.util.Set;

/** Follows HTML character by character to know what the next one would be part of. */
final class HtmlPlace {
  /** What a value would be part of. */
  enum Kind {
    TEXT,
    /** The text of an element that has no elements in it. */
    ELEMENT_TEXT,
    COMMENT,
    ATTRIBUTE,
    URL,
    CSS,
    ELSEWHERE
  }

  private enum State {
    TEXT,
    TAG_NAME,
    TAG,
    ATTRIBUTE_NAME,
    AFTER_NAME,
    BEFORE_VALUE,
    DOUBLE_QUOTED,
    SINGLE_QUOTED,
    BARE_VALUE,
    RAW,
    COMMENT
  }

  private static final Set<String> RAW_ELEMENTS = Set.of("script", "style", "textarea", "title");
  private static final Set<String> URL_ATTRIBUTES =
      Set.of(
          "action",
          "background",
          "cite",
          "classid",
          "codebase",
          "data",
          "formaction",
          "href",
          "icon",
          "longdesc",
          "manifest",
          "ping",
          "poster",
          "profile",
          "src",
          "srcset",
          "usemap",
          "xlink:href");
  private static final String DOCTYPE = "<!doctype";
  private static final String COMMENT_START = "<!--";
  private static final String COMMENT_END = "-->";

  private final BoundedText out;
  private final StringBuilder word = new StringBuilder();
  private State state = State.TEXT;
  private String element = "";
  private String attribute = "";
  private boolean closing;
  private boolean urlBegins;
  private boolean inQuery;

  HtmlPlace(BoundedText out) {
    this.out = out;
  }

  /** Writes a piece of the template and follows it. */
  void follow(String text) {
    for (int i = 0; i < text.length(); ) {
      i = step(text, i);
    }
  }

  Kind kind() {
    return switch (state) {
      case TEXT -> Kind.TEXT;
      case COMMENT -> Kind.COMMENT;
      case RAW -> scriptOrStyle() ? Kind.ELSEWHERE : Kind.ELEMENT_TEXT;
      case BEFORE_VALUE, DOUBLE_QUOTED, SINGLE_QUOTED, BARE_VALUE -> valueKind();
      case TAG_NAME, TAG, ATTRIBUTE_NAME, AFTER_NAME -> Kind.ELSEWHERE;
    };
  }

  private boolean scriptOrStyle() {
    return element.equals("script") || element.equals("style");
  }

  private Kind valueKind() {
    String name = attribute.startsWith("data-") ? attribute.substring(5) : attribute;
    if (name.startsWith("on") || name.equals("srcdoc")) {
      return Kind.ELSEWHERE;
    }
    if (name.equals("style")) {
      return Kind.CSS;
    }
    boolean url = URL_ATTRIBUTES.contains(name) || name.contains("url") || name.contains("uri");
    return url ? Kind.URL : Kind.ATTRIBUTE;
  }

  /** The place in words. */
  String name() {
    return switch (state) {
      case RAW -> "in the element " + element;
      case TAG_NAME -> "in the name of an element";
      case TAG, ATTRIBUTE_NAME, AFTER_NAME -> "in the element " + element + " outside of values";
      default -> "in the attribute " + attribute;
    };
  }

  /** Whether the value has no quotes around it. */
  boolean bare() {
    return state == State.BEFORE_VALUE || state == State.BARE_VALUE;
  }

  /** Whether a value would be the beginning of a URL, which says what the URL does. */
  boolean urlBegins() {
    return urlBegins;
  }

  /** Whether a value would be in the query or fragment of a URL. */
  boolean inQuery() {
    return inQuery;
  }

  /** A value was written here. */
  void valueWritten() {
    // What a URL does is open until something of the template stands in it.
    if (state == State.BEFORE_VALUE) {
      state = State.BARE_VALUE;
    }
  }

  private int step(String text, int at) {
    char c = text.charAt(at);
    if (state == State.COMMENT) {
      int end = text.indexOf(COMMENT_END, at);
      state = end < 0 ? State.COMMENT : State.TEXT;
      return end < 0 ? text.length() : end + COMMENT_END.length();
    }
    if (state == State.TEXT && text.startsWith(COMMENT_START, at)) {
      state = State.COMMENT;
      return at + COMMENT_START.length();
    }
    if (state == State.TEXT && c == '<' && !beginsTag(text, at)) {
      out.append(text.regionMatches(true, at, DOCTYPE, 0, DOCTYPE.length()) ? "<" : "&lt;");
      return at + 1;
    }
    out.append(c);
    switch (state) {
      case TEXT -> inText(c);
      case RAW -> inRaw(text, at);
      case TAG_NAME -> inTagName(c);
      case TAG -> inTag(c);
      case ATTRIBUTE_NAME -> inAttributeName(c);
      case AFTER_NAME -> afterName(c);
      case BEFORE_VALUE -> beforeValue(c);
      case DOUBLE_QUOTED -> inValue(c, c == '"');
      case SINGLE_QUOTED -> inValue(c, c == '\'');
      case BARE_VALUE -> inBareValue(c);
      case COMMENT -> throw new IllegalStateException("comments are not followed");
    }
    return at + 1;
  }

  private static boolean beginsTag(String text, int at) {
    // At the end of a piece the value that follows would be the name.
    char next = at + 1 < text.length() ? text.charAt(at + 1) : '/';
    return Character.isLetter(next) || next == '/';
  }

  private void inText(char c) {
    if (c == '<') {
      state = State.TAG_NAME;
      word.setLength(0);
      closing = false;
    }
  }

  private void inRaw(String text, int at) {
    if (text.regionMatches(true, at, "</" + element, 0, element.length() + 2)) {
      state = State.TAG_NAME;
      word.setLength(0);
      closing = false;
    }
  }

  private void inTagName(char c) {
    if (c == '/' && word.isEmpty()) {
      closing = true;
    } else if (c == '>' || c == '/' || Character.isWhitespace(c)) {
      element = word.toString().toLowerCase(Locale.ROOT);
      state = State.TAG;
      inTag(c);
    } else {
      word.append(c);
    }
  }

  private void inTag(char c) {
    if (c == '>') {
      state = !closing && RAW_ELEMENTS.contains(element) ? State.RAW : State.TEXT;
    } else if (c != '/' && !Character.isWhitespace(c)) {
      state = State.ATTRIBUTE_NAME;
      word.setLength(0);
      word.append(c);
    }
  }

  private void inAttributeName(char c) {
    if (c == '=' || c == '>' || c == '/' || Character.isWhitespace(c)) {
      attribute = word.toString().toLowerCase(Locale.ROOT);
      state = State.AFTER_NAME;
      afterName(c);
    } else {
      word.append(c);
    }
  }

  private void afterName(char c) {
    if (c == '=') {
      state = State.BEFORE_VALUE;
      urlBegins = true;
      inQuery = false;
    } else if (!Character.isWhitespace(c)) {
      state = State.TAG;
      inTag(c);
    }
  }

  private void beforeValue(char c) {
    if (c == '"') {
      state = State.DOUBLE_QUOTED;
    } else if (c == '\'') {
      state = State.SINGLE_QUOTED;
    } else if (c == '>') {
      inTag(c);
    } else if (!Character.isWhitespace(c)) {
      state = State.BARE_VALUE;
      inBareValue(c);
    }
  }

  private void inBareValue(char c) {
    boolean end = c == '>' || Character.isWhitespace(c);
    inValue(c, end);
    if (end) {
      inTag(c);
    }
  }

  private void inValue(char c, boolean end) {
    if (end) {
      state = State.TAG;
      return;
    }
    if (!Character.isWhitespace(c)) {
      urlBegins = false;
    }
    if (c == '?' || c == '#') {
      inQuery = true;
    }
  }
}
