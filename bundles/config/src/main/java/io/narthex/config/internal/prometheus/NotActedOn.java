package io.narthex.config.internal.prometheus;

import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The keys of prometheus.yml that are checked but that this version does not act on. They are in
 * {@code not-acted-on.tsv}, which {@code kernel/docs/compatibility.md} repeats; besides, there are
 * mechanisms of service discovery that no installed bundle provides.
 */
public final class NotActedOn {
  private static final String ITEMS = "[]";
  private static final String SUFFIX = "_sd_configs";

  private final Set<String> known;
  private final Mechanisms mechanisms;
  private final List<String> found = new ArrayList<>();

  NotActedOn(Set<String> known, Mechanisms mechanisms) {
    this.known = known;
    this.mechanisms = mechanisms;
  }

  /** What it means for the user that a key is not acted on, by key. */
  public static Map<String, String> keys() {
    Map<String, String> keys = new LinkedHashMap<>();
    for (String line : DataFile.lines("not-acted-on.tsv")) {
      String[] columns = line.split("\t", 2);
      keys.put(columns[0], columns[1]);
    }
    return keys;
  }

  /** The keys that stand in the files, each with its place. */
  List<String> find(List<SourceFile> files) {
    List<List<String>> patterns =
        keys().keySet().stream().map(key -> Arrays.asList(key.split("\\."))).toList();
    for (SourceFile file : files) {
      patterns.forEach(pattern -> walk(file, file.root(), pattern, ""));
      for (String mechanism : mechanismsOf(file.root())) {
        if (!mechanisms.isInstalled(mechanism)) {
          walk(file, file.root(), List.of("scrape_configs[]", mechanism + SUFFIX), "");
        }
      }
    }
    return found;
  }

  /** Upstream's mechanisms, and those besides that the scrape configs name. */
  private Set<String> mechanismsOf(ConfigNode root) {
    Set<String> all = new TreeSet<>(known);
    if (root instanceof ConfigNode.Mapping top) {
      top.entries().stream()
          .filter(entry -> entry.key().equals("scrape_configs"))
          .forEach(entry -> addMechanisms(entry.value(), all));
    }
    return all;
  }

  private static void addMechanisms(ConfigNode scrapes, Set<String> all) {
    if (scrapes instanceof ConfigNode.Sequence list) {
      for (ConfigNode item : list.items()) {
        if (item instanceof ConfigNode.Mapping mapping) {
          mapping.entries().stream()
              .map(ConfigNode.Entry::key)
              .filter(key -> key.endsWith(SUFFIX))
              .forEach(key -> all.add(key.substring(0, key.length() - SUFFIX.length())));
        }
      }
    }
  }

  private void walk(SourceFile file, ConfigNode node, List<String> pattern, String path) {
    if (!(node instanceof ConfigNode.Mapping mapping)) {
      return;
    }
    String step = pattern.getFirst();
    boolean items = step.endsWith(ITEMS);
    String key = items ? step.substring(0, step.length() - ITEMS.length()) : step;
    for (ConfigNode.Entry entry : mapping.entries()) {
      if (entry.key().equals(key)) {
        String here = path.isEmpty() ? key : path + "." + key;
        enter(file, entry, items, pattern.subList(1, pattern.size()), here);
      }
    }
  }

  private void enter(
      SourceFile file, ConfigNode.Entry entry, boolean items, List<String> rest, String path) {
    if (rest.isEmpty()) {
      if (!saysNothing(entry.value())) {
        add(file, entry.position(), path);
      }
    } else if (!items) {
      walk(file, entry.value(), rest, path);
    } else if (entry.value() instanceof ConfigNode.Sequence list) {
      for (int i = 0; i < list.items().size(); i++) {
        walk(file, list.items().get(i), rest, "%s[%d]".formatted(path, i));
      }
    }
  }

  private void add(SourceFile file, Position at, String path) {
    found.add("%s (%s)".formatted(path, file.place(at)));
  }

  /** Nothing at all, false, or an empty list or mapping asks for nothing. */
  private static boolean saysNothing(ConfigNode value) {
    return switch (value) {
      case ConfigNode.Scalar scalar -> scalar.isNull() || scalar.text().equals("false");
      case ConfigNode.Sequence list -> list.items().isEmpty();
      case ConfigNode.Mapping mapping -> mapping.entries().isEmpty();
    };
  }
}
