package io.narthex.templates.internal.execute;

import io.narthex.templates.internal.value.LimitFault;
import io.narthex.templates.internal.value.Markup;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one expansion may still do. */
final class Budget {
  /** About a tenth of a second; a page for a person has a few hundred. */
  static final long MAX_STEPS = 1_000_000;

  /** Each level costs some frames of the stack. */
  static final int MAX_DEPTH = 500;

  /** So many characters cost as much as a step. */
  private static final int CHARACTERS_PER_STEP = 16;

  private static final int ITEMS_PER_STEP = 8;

  private long steps = MAX_STEPS;
  private int depth;

  void spend(long more) {
    steps -= more;
    if (steps < 0) {
      throw new LimitFault("exceeded maximum number of steps (%d)".formatted(MAX_STEPS));
    }
  }

  /** Counts a value that a function reads or makes. */
  void spendOn(@Nullable Object value) {
    switch (value) {
      case String text -> spend(text.length() / CHARACTERS_PER_STEP);
      case Markup markup -> spend(markup.text().length() / CHARACTERS_PER_STEP);
      case List<?> list -> spend(list.size() / ITEMS_PER_STEP);
      case null, default -> {}
    }
  }

  void enter() {
    if (++depth > MAX_DEPTH) {
      throw new LimitFault(tooDeep());
    }
  }

  /** What is said of a template that goes too deep. */
  static String tooDeep() {
    return "exceeded maximum template depth (%d)".formatted(MAX_DEPTH);
  }

  void leave() {
    depth--;
  }
}
