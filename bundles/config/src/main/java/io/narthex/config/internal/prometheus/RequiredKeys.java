package io.narthex.config.internal.prometheus;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The keys that each entry of a mechanism of service discovery must have. */
final class RequiredKeys {
  private static final Map<String, List<String>> KEYS = read();

  private RequiredKeys() {}

  private static Map<String, List<String>> read() {
    Map<String, List<String>> keys = new HashMap<>();
    for (String line : DataFile.lines("required-keys.txt")) {
      List<String> words = Arrays.asList(line.split(" "));
      keys.put(words.getFirst(), List.copyOf(words.subList(1, words.size())));
    }
    return Map.copyOf(keys);
  }

  /** Whether the mechanism is one of upstream's. */
  static boolean knows(String mechanism) {
    return KEYS.containsKey(mechanism);
  }

  static List<String> of(String mechanism) {
    return KEYS.getOrDefault(mechanism, List.of());
  }
}
