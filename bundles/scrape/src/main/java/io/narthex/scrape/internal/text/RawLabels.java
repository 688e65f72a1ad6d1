package io.narthex.scrape.internal.text;

import io.narthex.api.model.Labels;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The labels of a series as the target sent them: names are unique, a value may be empty, which
 * says something when the target's own labels are merged in.
 */
public record RawLabels(List<String> names, List<String> values) {
  private static final String EXPORTED = "exported_";

  /** Copies the lists. */
  public RawLabels {
    names = List.copyOf(names);
    values = List.copyOf(values);
  }

  /**
   * The labels of the series that is stored.
   *
   * @param target the target's labels
   * @param honor whether a label that was sent wins over the target's; an empty one then removes
   *     it. Otherwise it is renamed
   */
  public Labels merge(Labels target, boolean honor) {
    Labels.Builder merged = Labels.builder();
    for (int i = 0; i < names.size(); i++) {
      merged.set(names.get(i), values.get(i));
    }
    if (honor) {
      addMissing(merged, target);
    } else {
      override(merged, target);
    }
    return merged.build();
  }

  private void addMissing(Labels.Builder merged, Labels target) {
    for (int i = 0; i < target.size(); i++) {
      if (!names.contains(target.name(i))) {
        merged.set(target.name(i), target.value(i));
      }
    }
  }

  private void override(Labels.Builder merged, Labels target) {
    Labels sent = merged.build();
    for (int i = 0; i < target.size(); i++) {
      merged.set(target.name(i), target.value(i));
    }
    // Shorter names first, so that which label gets which new name does not depend on anything
    // else.
    IntStream.range(0, target.size())
        .mapToObj(target::name)
        .filter(sent::has)
        .sorted(Comparator.comparingInt(String::length))
        .forEach(name -> rename(merged, name, sent.get(name)));
  }

  private static void rename(Labels.Builder merged, String name, String value) {
    String free = EXPORTED + name;
    while (merged.has(free)) {
      free = EXPORTED + free;
    }
    merged.set(free, value);
  }
}
