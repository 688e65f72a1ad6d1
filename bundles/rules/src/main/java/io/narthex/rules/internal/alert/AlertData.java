package io.narthex.rules.internal.alert;

import io.narthex.api.model.Labels;
import io.narthex.api.model.Utf8Order;
import io.narthex.api.template.TemplateObject;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the dot is in the templates of a rule: upstream's fields. */
record AlertData(
    SortedMap<String, String> labels,
    SortedMap<String, String> externalLabels,
    String externalUrl,
    double value)
    implements TemplateObject {
  private static final String GO_TYPE =
      "struct { Labels map[string]string; ExternalLabels map[string]string;"
          + " ExternalURL string; Value interface {} }";

  /** The labels as a map. */
  static SortedMap<String, String> map(Labels labels) {
    TreeMap<String, String> map = new TreeMap<>(Utf8Order.COMPARATOR);
    for (int i = 0; i < labels.size(); i++) {
      map.put(labels.name(i), labels.value(i));
    }
    return Collections.unmodifiableSortedMap(map);
  }

  @Override
  public String typeName() {
    return GO_TYPE;
  }

  @Override
  public boolean has(String member) {
    return switch (member) {
      case "Labels", "ExternalLabels", "ExternalURL", "Value" -> true;
      default -> false;
    };
  }

  @Override
  public @Nullable Object get(String member, List<Object> arguments) {
    return switch (member) {
      case "Labels" -> labels;
      case "ExternalLabels" -> externalLabels;
      case "ExternalURL" -> externalUrl;
      case "Value" -> value;
      default -> throw new IllegalArgumentException("there is no field " + member);
    };
  }
}
