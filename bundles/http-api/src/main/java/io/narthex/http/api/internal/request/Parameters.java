package io.narthex.http.api.internal.request;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request: those of a posted form, then those of the URL. A pair with a broken
 * escape or a semicolon is left out, as Go does too.
 */
public final class Parameters {
  /** More pairs than this are not looked at. */
  private static final int MAX_PAIRS = 10_000;

  private final Map<String, List<String>> values = new HashMap<>();
  private @Nullable String problem;

  private Parameters() {}

  /**
   * Reads both sources.
   *
   * @param form the body of a form post, url-encoded, or {@code ""}
   * @param query the URL's query, or {@code ""}
   */
  public static Parameters of(String form, String query) {
    Parameters parameters = new Parameters();
    // Go tells what is wrong with the form before what is wrong with the URL.
    parameters.problem = parameters.addAll(form);
    String inQuery = parameters.addAll(query);
    if (parameters.problem == null) {
      parameters.problem = inQuery;
    }
    return parameters;
  }

  /**
   * The value, or {@code ""} if there is none; of several the first, as Go's {@code FormValue} has
   * it.
   */
  public String get(String name) {
    return all(name).isEmpty() ? "" : all(name).getFirst();
  }

  /** All values of a name, those of the form first. */
  public List<String> all(String name) {
    return Collections.unmodifiableList(values.getOrDefault(name, List.of()));
  }

  /** What Go's {@code ParseForm} says of the pairs that are left out; empty if none is. */
  Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /** Adds all pairs that can be read; gives Go's text for those that cannot, or null. */
  private @Nullable String addAll(String encoded) {
    String wrong = null;
    int pairs = 0;
    for (int start = 0; start <= encoded.length() && pairs < MAX_PAIRS; pairs++) {
      int end = encoded.indexOf('&', start);
      end = end < 0 ? encoded.length() : end;
      String pair = encoded.substring(start, end);
      if (pair.indexOf(';') >= 0) {
        wrong = "invalid semicolon separator in query";
      } else if (!add(pair) && wrong == null) {
        wrong = "invalid URL escape " + GoQuote.quote(brokenEscape(pair));
      }
      start = end + 1;
    }
    return wrong;
  }

  /** Adds a pair; whether its escapes could be read. */
  private boolean add(String pair) {
    if (pair.isEmpty()) {
      return true;
    }
    int equals = pair.indexOf('=');
    String name = decode(equals < 0 ? pair : pair.substring(0, equals));
    String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
    if (name == null || value == null) {
      return false;
    }
    values.computeIfAbsent(name, ignored -> new ArrayList<>(1)).add(value);
    return true;
  }

  /** The first broken escape of a pair that has one, cut as Go shows it. */
  private static String brokenEscape(String pair) {
    int equals = pair.indexOf('=');
    String name = equals < 0 ? pair : pair.substring(0, equals);
    String part = decode(name) == null ? name : pair.substring(equals + 1);
    int at = part.indexOf('%');
    while (decode(part.substring(at, Math.min(part.length(), at + 3))) != null) {
      at = part.indexOf('%', at + 1);
    }
    return part.substring(at, Math.min(part.length(), at + 3));
  }

  /** The text, or null if an escape in it is broken. */
  private static @Nullable String decode(String encoded) {
    byte[] bytes = decodeBytes(encoded);
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  /** The bytes of an encoded text, or null if an escape in it is broken. */
  static byte @Nullable [] decodeBytes(String encoded) {
    if (encoded.indexOf('%') < 0) {
      return encoded.replace('+', ' ').getBytes(StandardCharsets.UTF_8);
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
    return out.toByteArray();
  }
}
