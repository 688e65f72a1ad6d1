package io.narthex.relabel.internal.rule;

import io.narthex.api.model.Labels;
import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * The labels while rules work on them. Not safe for use by several threads.
 *
 * <p>They have an order, since the last of several that a rule maps to one name wins: first those
 * that were there before and have not been set since, in order of names; then those that were set,
 * in the order in which they were.
 */
public final class LabelSet {
  private final Labels base;

  /** Whether the base's label was removed or set; made when the first is. */
  private boolean[] gone = {};

  private String[] names = {};
  private String[] values = {};
  private int length;

  /** Begins with these labels. */
  public LabelSet(Labels base) {
    this.base = base;
  }

  /** The label's value, or {@code ""}. */
  String get(String name) {
    int at = indexOf(name);
    if (at >= 0) {
      return values[at];
    }
    int inBase = indexInBase(name);
    return inBase < 0 ? "" : base.value(inBase);
  }

  /** Sets the label; an empty value removes it. A label has a name: without one, nothing is set. */
  void set(String name, String value) {
    if (value.isEmpty()) {
      remove(name);
      return;
    }
    int at = indexOf(name);
    if (at >= 0) {
      values[at] = value;
    } else if (!name.isEmpty()) {
      removeFromBase(name);
      append(name, value);
    }
  }

  void remove(String name) {
    int at = indexOf(name);
    if (at >= 0) {
      length--;
      System.arraycopy(names, at + 1, names, at, length - at);
      System.arraycopy(values, at + 1, values, at, length - at);
    } else {
      removeFromBase(name);
    }
  }

  /** Calls back with all labels as they are now, whatever is done to them meanwhile. */
  void forEach(BiConsumer<String, String> action) {
    boolean[] goneNow = gone.clone();
    String[] namesNow = Arrays.copyOf(names, length);
    String[] valuesNow = Arrays.copyOf(values, length);
    for (int i = 0; i < base.size(); i++) {
      if (goneNow.length == 0 || !goneNow[i]) {
        action.accept(base.name(i), base.value(i));
      }
    }
    for (int i = 0; i < namesNow.length; i++) {
      action.accept(namesNow[i], valuesNow[i]);
    }
  }

  /** The labels as they are now. */
  public Labels toLabels() {
    if (gone.length == 0 && length == 0) {
      return base;
    }
    Labels.Builder labels = base.toBuilder();
    for (int i = 0; i < gone.length; i++) {
      if (gone[i]) {
        labels.remove(base.name(i));
      }
    }
    for (int i = 0; i < length; i++) {
      labels.set(names[i], values[i]);
    }
    return labels.build();
  }

  private void append(String name, String value) {
    if (length == names.length) {
      names = Arrays.copyOf(names, Math.max(8, 2 * length));
      values = Arrays.copyOf(values, names.length);
    }
    names[length] = name;
    values[length] = value;
    length++;
  }

  private int indexOf(String name) {
    for (int i = 0; i < length; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private void removeFromBase(String name) {
    int at = indexInBase(name);
    if (at >= 0) {
      if (gone.length == 0) {
        gone = new boolean[base.size()];
      }
      gone[at] = true;
    }
  }

  private int indexInBase(String name) {
    for (int i = 0; i < base.size(); i++) {
      if (base.name(i).equals(name)) {
        return gone.length > 0 && gone[i] ? -1 : i;
      }
    }
    return -1;
  }
}
