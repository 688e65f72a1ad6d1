package io.narthex.pushgateway.internal.web;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A media type with its parameters, or the empty one if a header has none that is well formed.
 *
 * @param name in lower case
 * @param parameters by their names in lower case
 */
record MediaType(String name, Map<String, String> parameters) {
  private static final MediaType NONE = new MediaType("", Map.of());

  MediaType {
    parameters = Map.copyOf(parameters);
  }

  static MediaType parse(String header) {
    int at = header.indexOf(';');
    String name = (at < 0 ? header : header.substring(0, at)).strip().toLowerCase(Locale.ROOT);
    Map<String, String> parameters = new HashMap<>();
    while (at >= 0) {
      int end = endOfParameter(header, at + 1);
      String parameter = header.substring(at + 1, end).strip();
      at = end < header.length() ? end : -1;
      if (parameter.isEmpty()) {
        continue;
      }
      int equals = parameter.indexOf('=');
      if (equals <= 0) {
        return NONE;
      }
      String value = unquoted(parameter.substring(equals + 1).strip());
      String key = parameter.substring(0, equals).strip().toLowerCase(Locale.ROOT);
      if (parameters.put(key, value) != null) {
        return NONE;
      }
    }
    return new MediaType(name, parameters);
  }

  private static int endOfParameter(String header, int from) {
    boolean quoted = false;
    for (int i = from; i < header.length(); i++) {
      char c = header.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && quoted) {
        i++;
      } else if (c == ';' && !quoted) {
        return i;
      }
    }
    return header.length();
  }

  private static String unquoted(String value) {
    if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
      return value;
    }
    StringBuilder text = new StringBuilder(value.length());
    for (int i = 1; i < value.length() - 1; i++) {
      if (value.charAt(i) == '\\' && i + 2 < value.length()) {
        i++;
      }
      text.append(value.charAt(i));
    }
    return text.toString();
  }

  boolean isDelimitedProtobuf() {
    return name.equals("application/vnd.google.protobuf")
        && "delimited".equals(parameters.get("encoding"))
        && "io.prometheus.client.MetricFamily".equals(parameters.get("proto"));
  }
}
