package io.narthex.http.client.internal.oauth;

import io.narthex.http.client.internal.secret.CredentialsException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The fields of a request for a token. */
final class FormBody {
  private final SortedMap<String, String> fields = new TreeMap<>();

  FormBody with(String name, String value) {
    fields.put(name, value);
    return this;
  }

  FormBody copy() {
    FormBody copy = new FormBody();
    copy.fields.putAll(fields);
    return copy;
  }

  /** Upstream lets only the grant type be replaced. */
  FormBody withParameters(Map<String, String> parameters) throws CredentialsException {
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      String name = parameter.getKey();
      if (fields.containsKey(name) && !name.equals("grant_type")) {
        throw new CredentialsException("oauth2: cannot overwrite parameter \"%s\"".formatted(name));
      }
      fields.put(name, parameter.getValue());
    }
    return this;
  }

  byte[] encoded() {
    return fields.entrySet().stream()
        .map(field -> escape(field.getKey()) + "=" + escape(field.getValue()))
        .collect(Collectors.joining("&"))
        .getBytes(StandardCharsets.US_ASCII);
  }

  static String escape(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
