package io.narthex.http.api.internal.request;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request: those of a posted form, then those of the URL; of several with one
 * name the first counts, as Go's {@code FormValue} has it. A pair with a broken escape or a
 * semicolon is left out, as Go does too.
 */
public final class Parameters {
  /** More pairs than this are not looked at. */
  private static final int MAX_PAIRS = 10_000;

  private final Map<String, String> first = new HashMap<>();

  private Parameters() {}

  /**
   * Reads both sources.
   *
   * @param form the body of a form post, url-encoded, or {@code ""}
   * @param query the URL's query, or {@code ""}
   */
  public static Parameters of(String form, String query) {
    Parameters parameters = new Parameters();
    parameters.addAll(form);
    parameters.addAll(query);
    return parameters;
  }

  /** The value, or {@code ""} if there is none. */
  public String get(String name) {
    return first.getOrDefault(name, "");
  }

  private void addAll(String encoded) {
    int pairs = 0;
    for (int start = 0; start <= encoded.length() && pairs < MAX_PAIRS; pairs++) {
      int end = encoded.indexOf('&', start);
      end = end < 0 ? encoded.length() : end;
      add(encoded.substring(start, end));
      start = end + 1;
    }
  }

  private void add(String pair) {
    if (pair.isEmpty() || pair.indexOf(';') >= 0) {
      return;
    }
    int equals = pair.indexOf('=');
    String name = decode(equals < 0 ? pair : pair.substring(0, equals));
    String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
    if (name != null && value != null) {
      first.putIfAbsent(name, value);
    }
  }

  /** The text, or null if an escape in it is broken. */
  private static @Nullable String decode(String encoded) {
    if (encoded.indexOf('%') < 0) {
      return encoded.replace('+', ' ');
    }
    byte[] in = encoded.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
    for (int i = 0; i < in.length; i++) {
      if (in[i] == '%') {
        int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
        int low = i + 2 < in.length ? Character.digit(in[i + 2], 16) : -1;
        if (high < 0 || low < 0) {
          return null;
        }
        out.write(high * 16 + low);
        i += 2;
      } else {
        out.write(in[i] == '+' ? ' ' : in[i]);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
