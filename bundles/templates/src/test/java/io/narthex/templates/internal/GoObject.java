package io.narthex.templates.internal;

import io.narthex.api.template.TemplateObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Objects of upstream's kinds, with what the cases use of them. */
record GoObject(
    String typeName, Map<String, Function<List<Object>, Object>> members, Optional<Object> whole)
    implements TemplateObject {
  static GoObject of(String typeName, Map<String, Object> fields) {
    Map<String, Function<List<Object>, Object>> members = new LinkedHashMap<>();
    fields.forEach((name, value) -> members.put(name, field(name, value)));
    return new GoObject(typeName, members, Optional.empty());
  }

  GoObject json(String... names) {
    Map<String, Object> json = new LinkedHashMap<>();
    int i = 0;
    for (Function<List<Object>, Object> member : members.values()) {
      json.put(names[i++], member.apply(List.of()));
    }
    members.put("MarshalJSON", arguments -> json);
    return this;
  }

  private static Function<List<Object>, Object> field(String name, Object value) {
    return arguments -> {
      if (!arguments.isEmpty()) {
        throw new IllegalArgumentException(
            name + " has arguments but cannot be invoked as function");
      }
      return value;
    };
  }

  static GoObject kv(SortedMap<String, String> map) {
    Map<String, Function<List<Object>, Object>> members = new HashMap<>();
    members.put("SortedPairs", arguments -> pairs(sorted(map)));
    members.put("Names", arguments -> strings(List.copyOf(sorted(map).keySet())));
    members.put("Values", arguments -> strings(List.copyOf(sorted(map).values())));
    members.put("Remove", arguments -> kv(without(map, only("Remove", arguments))));
    members.put("String", arguments -> printed(sorted(map)));
    return new GoObject("template.KV", members, Optional.of(map));
  }

  private static Object only(String name, List<Object> arguments) {
    if (arguments.size() != 1) {
      throw new IllegalArgumentException(
          "wrong number of args for %s: want 1 got %d".formatted(name, arguments.size()));
    }
    return arguments.getFirst();
  }

  private static Map<String, String> sorted(SortedMap<String, String> map) {
    Map<String, String> sorted = new LinkedHashMap<>();
    if (map.containsKey("alertname")) {
      sorted.put("alertname", map.get("alertname"));
    }
    sorted.putAll(map);
    return sorted;
  }

  private static SortedMap<String, String> without(SortedMap<String, String> map, Object names) {
    SortedMap<String, String> rest = new TreeMap<>(map);
    Object list = names instanceof GoObject object ? object.whole().orElseThrow() : names;
    if (list instanceof List<?> keys) {
      keys.forEach(rest::remove);
    }
    return rest;
  }

  private static String printed(Map<String, String> map) {
    List<String> parts = new ArrayList<>();
    map.forEach((name, value) -> parts.add(name + "=" + value));
    return String.join(", ", parts);
  }

  private static GoObject pairs(Map<String, String> map) {
    List<GoObject> pairs = new ArrayList<>();
    map.forEach(
        (name, value) -> {
          Map<String, Object> fields = new LinkedHashMap<>();
          fields.put("Name", name);
          fields.put("Value", value);
          pairs.add(of("template.Pair", fields).json("Name", "Value"));
        });
    Map<String, Function<List<Object>, Object>> members = new HashMap<>();
    members.put("Names", arguments -> strings(List.copyOf(map.keySet())));
    members.put("Values", arguments -> strings(List.copyOf(map.values())));
    members.put("String", arguments -> printed(map));
    return new GoObject("template.Pairs", members, Optional.of(pairs));
  }

  private static GoObject strings(List<String> texts) {
    return new GoObject(
        "template.Strings",
        Map.of("Join", arguments -> String.join(String.valueOf(only("Join", arguments)), texts)),
        Optional.of(texts));
  }

  static GoObject alerts(List<GoObject> alerts) {
    return new GoObject(
        "template.Alerts",
        Map.of(
            "Firing", arguments -> withStatus(alerts, "firing"),
            "Resolved", arguments -> withStatus(alerts, "resolved")),
        Optional.of(alerts));
  }

  private static List<GoObject> withStatus(List<GoObject> alerts, String status) {
    return alerts.stream().filter(alert -> status.equals(alert.get("Status", List.of()))).toList();
  }

  @Override
  public boolean has(String member) {
    return members.containsKey(member);
  }

  @Override
  public @Nullable Object get(String member, List<Object> arguments) {
    return members.get(member).apply(arguments);
  }
}
