package io.narthex.discovery.file.internal.read;

import io.narthex.api.model.Labels;
import io.narthex.api.model.NameValidation;
import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Problem;
import io.narthex.api.section.Section;
import io.narthex.spi.discovery.TargetGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes target groups of the nodes of a file. */
final class GroupDecoder {
  private static final String ADDRESS = "__address__";
  private static final String FILE = "__meta_filepath";
  private static final List<String> KEYS = List.of("targets", "labels");

  /** Label sets are built by insertion; this keeps the cost of a file in bounds. */
  private static final int MOST_LABELS = 500;

  private static final Path NO_FOLDER = Path.of("");

  private final String file;
  private final FileFormat format;
  private final ValueBudget budget;
  private final List<Problem> problems;

  GroupDecoder(String file, FileFormat format, ValueBudget budget, List<Problem> problems) {
    this.file = file;
    this.format = format;
    this.budget = budget;
    this.problems = problems;
  }

  List<TargetGroup> decode(ConfigNode root) {
    List<TargetGroup> groups = new ArrayList<>();
    switch (root) {
      case ConfigNode.Sequence list -> {
        for (ConfigNode item : list.items()) {
          groups.add(group(groups.size(), item));
        }
      }
      case ConfigNode other ->
          report(
              other,
              "a file of targets must be a list of groups such as %s, got %s"
                  .formatted(format.example(), kind(other)));
    }
    return groups;
  }

  private TargetGroup group(int index, ConfigNode node) {
    String title = "group %d".formatted(index + 1);
    if (!(node instanceof ConfigNode.Mapping)) {
      report(
          node,
          "%s must be a mapping with targets, got %s"
              .formatted(title, node.isNull() ? "nothing" : kind(node)));
      return new TargetGroup(file + ":" + index, List.of(), Labels.EMPTY);
    }
    Section section = new Section(title, withUsualKeys(node), NO_FOLDER, problems);
    List<Labels> targets = targets(section);
    Labels.Builder labels = labels(section);
    section.refuseOthers();
    return new TargetGroup(file + ":" + index, targets, labels.set(FILE, file).build());
  }

  /** Upstream's JSON takes keys in any case. */
  private ConfigNode withUsualKeys(ConfigNode node) {
    if (format == FileFormat.YAML || !(node instanceof ConfigNode.Mapping mapping)) {
      return node;
    }
    return new ConfigNode.Mapping(
        mapping.position(),
        mapping.entries().stream()
            .map(e -> new ConfigNode.Entry(usual(e.key()), e.position(), e.value()))
            .toList());
  }

  private static String usual(String key) {
    return KEYS.stream().filter(key::equalsIgnoreCase).findFirst().orElse(key);
  }

  private List<Labels> targets(Section section) {
    List<Labels> targets = new ArrayList<>();
    for (ConfigNode item : section.list("targets")) {
      budget.take();
      text(item, "a target").ifPresent(address -> targets.add(Labels.of(ADDRESS, address)));
    }
    return targets;
  }

  private Labels.Builder labels(Section section) {
    Labels.Builder labels = Labels.builder();
    List<ConfigNode.Entry> entries = section.mapping("labels");
    budget.take(entries.size());
    if (entries.size() > MOST_LABELS) {
      section.report(
          section.position("labels"),
          "%s has %d labels; it may have at most %d"
              .formatted(section.name(), entries.size(), MOST_LABELS));
      return labels;
    }
    for (ConfigNode.Entry entry : entries) {
      if (NameValidation.UTF8.isLabelName(entry.key())) {
        text(entry.value(), "the value of label \"%s\"".formatted(entry.key()))
            .ifPresent(value -> labels.set(entry.key(), value));
      } else {
        section.report(
            entry.position(), "a label in %s has an empty name".formatted(section.name()));
      }
    }
    return labels;
  }

  /** Nothing is read as the empty text, as upstream has it. */
  private Optional<String> text(ConfigNode node, String what) {
    if (!(node instanceof ConfigNode.Scalar scalar)) {
      report(node, "%s must be a string, got %s".formatted(what, node.kind()));
      return Optional.empty();
    }
    if (isBare(scalar)) {
      report(node, "%s must be a string in quotes, got %s".formatted(what, scalar.text()));
      return Optional.empty();
    }
    return Optional.of(scalar.isNull() ? "" : scalar.text());
  }

  /** A number, true or false in JSON; in YAML these are texts where a text is wanted. */
  private boolean isBare(ConfigNode.Scalar scalar) {
    return format == FileFormat.JSON && scalar.plain() && !scalar.isNull();
  }

  private String kind(ConfigNode node) {
    return node instanceof ConfigNode.Scalar scalar && isBare(scalar) ? scalar.text() : node.kind();
  }

  private void report(ConfigNode node, String message) {
    problems.add(new Problem(node.position(), message));
  }
}
