package io.narthex.pushgateway.internal.group;

import io.narthex.api.model.Label;
import io.narthex.api.model.Utf8Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The labels that name a group and that all its metrics have: {@code job} and maybe others, by
 * name.
 */
public record GroupLabels(List<Label> labels) {
  /** Needs a job; each name once, in order. */
  public GroupLabels {
    labels = List.copyOf(labels);
    for (int i = 1; i < labels.size(); i++) {
      if (Utf8Order.compare(labels.get(i - 1).name(), labels.get(i).name()) >= 0) {
        throw new IllegalArgumentException("the labels of a group must be in order: " + labels);
      }
    }
    if (labels.stream().noneMatch(l -> l.name().equals("job") && !l.value().isEmpty())) {
      throw new IllegalArgumentException("the labels of a group must have a job: " + labels);
    }
  }

  /** Labels in any order. */
  public static GroupLabels of(Map<String, String> labels) {
    Map<String, String> sorted = new TreeMap<>(Utf8Order.COMPARATOR);
    sorted.putAll(labels);
    List<Label> list = new ArrayList<>(sorted.size());
    sorted.forEach((name, value) -> list.add(new Label(name, value)));
    return new GroupLabels(list);
  }

  /** A text that no other group has: each name, the length of its value, and the value. */
  public String key() {
    StringBuilder key = new StringBuilder();
    for (Label label : labels) {
      key.append(label.name()).append('=').append(label.value().length()).append(':');
      key.append(label.value()).append(';');
    }
    return key.toString();
  }

  /**
   * The labels of a pushed metric as they are exposed: those of the group in place of its own, an
   * empty {@code instance} if there is none, by name. A name that is there twice stays so.
   */
  List<Label> over(List<Label> pushed) {
    List<Label> all = new ArrayList<>(pushed.size() + labels.size() + 1);
    boolean[] done = new boolean[labels.size()];
    boolean instance = false;
    for (Label label : pushed) {
      int at = indexOf(label.name());
      boolean replaced = at >= 0 && !done[at];
      all.add(replaced ? labels.get(at) : label);
      if (replaced) {
        done[at] = true;
      }
      instance |= label.name().equals("instance");
    }
    for (int i = 0; i < done.length; i++) {
      if (!done[i]) {
        all.add(labels.get(i));
        instance |= labels.get(i).name().equals("instance");
      }
    }
    if (!instance) {
      all.add(new Label("instance", ""));
    }
    all.sort((a, b) -> Utf8Order.compare(a.name(), b.name()));
    return all;
  }

  /** Whether a metric may have the labels of both groups. */
  boolean mayShareMetrics(GroupLabels other) {
    int i = 0;
    int j = 0;
    while (i < labels.size() && j < other.labels.size()) {
      Label mine = labels.get(i);
      Label its = other.labels.get(j);
      int order = Utf8Order.compare(mine.name(), its.name());
      if (order == 0 && !mine.value().equals(its.value())) {
        return false;
      }
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
    return true;
  }

  private int indexOf(String name) {
    for (int i = 0; i < labels.size(); i++) {
      if (labels.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (Label label : labels) {
      text.append(text.length() > 1 ? "," : "").append(label.name());
      text.append("=\"").append(label.value()).append('"');
    }
    return text.append('}').toString();
  }
}
