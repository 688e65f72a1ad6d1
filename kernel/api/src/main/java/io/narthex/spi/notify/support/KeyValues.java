package io.narthex.spi.notify.support;

import io.narthex.api.model.Labels;
import io.narthex.api.model.Utf8Order;
import io.narthex.api.template.TemplateObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Labels or annotations as templates see them: a map, whose values are reached as members as well,
 * with the methods {@code SortedPairs}, {@code Remove}, {@code Names}, {@code Values} and {@code
 * String}. A name that is not there has the value {@code ""}.
 */
public record KeyValues(Labels labels) implements TemplateObject {
  private static final String ALERT_NAME = "alertname";

  /** The pairs in order of names, but {@code alertname} first. */
  public KeyValuePairs sortedPairs() {
    List<KeyValuePairs.Pair> pairs = new ArrayList<>(labels.size());
    for (int i = 0; i < labels.size(); i++) {
      KeyValuePairs.Pair pair = new KeyValuePairs.Pair(labels.name(i), labels.value(i));
      if (pair.name().equals(ALERT_NAME)) {
        pairs.addFirst(pair);
      } else {
        pairs.add(pair);
      }
    }
    return new KeyValuePairs(pairs);
  }

  /** What is left without these names. */
  public KeyValues remove(List<String> names) {
    Set<String> gone = new HashSet<>(names);
    return new KeyValues(labels.filter(name -> !gone.contains(name)));
  }

  @Override
  public String typeName() {
    return "template.KV";
  }

  /** Always: every name has a value. */
  @Override
  public boolean has(String member) {
    return true;
  }

  @Override
  public @Nullable Object get(String member, List<Object> arguments) {
    MemberArguments given = new MemberArguments(member, arguments);
    if (member.equals("Remove")) {
      return remove(given.texts());
    }
    given.none();
    return switch (member) {
      case "SortedPairs" -> sortedPairs();
      case "Names" -> sortedPairs().names();
      case "Values" -> sortedPairs().values();
      case "String" -> toString();
      default -> labels.get(member);
    };
  }

  /** A map. */
  @Override
  public Optional<Object> whole() {
    SortedMap<String, String> map = new TreeMap<>(Utf8Order::compare);
    for (int i = 0; i < labels.size(); i++) {
      map.put(labels.name(i), labels.value(i));
    }
    return Optional.of(map);
  }

  /** For example {@code alertname=Down, job=node}. */
  @Override
  public String toString() {
    return sortedPairs().toString();
  }
}
