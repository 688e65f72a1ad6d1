package io.narthex.templates.internal.execute;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The variables of a template that runs, the innermost last. */
final class Variables {
  private static final class Slot {
    final String name;
    @Nullable Object value;

    Slot(String name, @Nullable Object value) {
      this.name = name;
      this.value = value;
    }
  }

  private final List<Slot> slots = new ArrayList<>();

  Variables(@Nullable Object data) {
    declare("$", data);
  }

  int mark() {
    return slots.size();
  }

  void release(int mark) {
    if (mark < slots.size()) {
      slots.subList(mark, slots.size()).clear();
    }
  }

  void declare(String name, @Nullable Object value) {
    slots.add(new Slot(name, value));
  }

  /** Changes the innermost variable of that name; false if there is none. */
  boolean assign(String name, @Nullable Object value) {
    Slot slot = find(name);
    if (slot != null) {
      slot.value = value;
    }
    return slot != null;
  }

  /** Changes the variable that was declared so many before the end. */
  void assignLast(int fromEnd, @Nullable Object value) {
    slots.get(slots.size() - fromEnd).value = value;
  }

  boolean has(String name) {
    return find(name) != null;
  }

  @Nullable Object value(String name) {
    Slot slot = find(name);
    return slot == null ? null : slot.value;
  }

  private @Nullable Slot find(String name) {
    for (int i = slots.size() - 1; i >= 0; i--) {
      if (slots.get(i).name.equals(name)) {
        return slots.get(i);
      }
    }
    return null;
  }
}
