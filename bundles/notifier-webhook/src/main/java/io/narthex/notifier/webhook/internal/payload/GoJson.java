package io.narthex.notifier.webhook.internal.payload;

import io.narthex.api.model.Labels;
import java.time.Instant;

/**
 * Writes JSON as Go's encoding/json does: no spaces, and what is special in HTML or JavaScript
 * escaped. The caller keeps to the grammar; commas are set here.
 */
final class GoJson {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private final StringBuilder out;
  private boolean first = true;

  GoJson(int capacity) {
    this.out = new StringBuilder(capacity);
  }

  /** Begins an object, as the value of a key or an item of a list. */
  GoJson begin() {
    return open('{');
  }

  GoJson end() {
    return close('}');
  }

  GoJson beginList() {
    return open('[');
  }

  GoJson endList() {
    return close(']');
  }

  private GoJson open(char bracket) {
    separate();
    out.append(bracket);
    first = true;
    return this;
  }

  private GoJson close(char bracket) {
    out.append(bracket);
    first = false;
    return this;
  }

  GoJson key(String key) {
    separate();
    quote(key);
    out.append(':');
    first = true;
    return this;
  }

  GoJson field(String key, String value) {
    key(key);
    separate();
    quote(value);
    return this;
  }

  GoJson field(String key, long value) {
    key(key);
    separate();
    out.append(value);
    return this;
  }

  GoJson field(String key, Instant time) {
    return field(key, GoTime.rfc3339Nano(time));
  }

  /** A map in order of its keys' bytes, which is the order of labels. */
  GoJson field(String key, Labels labels) {
    key(key).begin();
    for (int i = 0; i < labels.size(); i++) {
      field(labels.name(i), labels.value(i));
    }
    return end();
  }

  private void separate() {
    if (!first) {
      out.append(',');
    }
    first = false;
  }

  private void quote(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        out.append(c).append(text.charAt(++i));
      } else {
        append(c);
      }
    }
    out.append('"');
  }

  private void append(char c) {
    switch (c) {
      case '"', '\\' -> out.append('\\').append(c);
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '<', '>', '&', '\u2028', '\u2029' -> escape(c);
      default -> {
        if (Character.isSurrogate(c)) {
          out.append("\\ufffd");
        } else if (c < 0x20) {
          escape(c);
        } else {
          out.append(c);
        }
      }
    }
  }

  private void escape(char c) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(HEX[c >> shift & 0xf]);
    }
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
