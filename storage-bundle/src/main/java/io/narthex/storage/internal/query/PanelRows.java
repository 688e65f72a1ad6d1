package io.narthex.storage.internal.query;

import io.narthex.storage.internal.panel.OpenColumns;
import io.narthex.storage.internal.panel.Panel;
import org.jspecify.annotations.Nullable;

/**
 * What some series of one panel have in a range of time: a view taken once, so that all of them see
 * the same rows sealed and open, and one decoding of the open rows for all.
 */
final class PanelRows {
  private final long mark;
  private final OpenColumns open = new OpenColumns();
  private Panel.@Nullable View view;
  private boolean decoded;

  PanelRows(long mark) {
    this.mark = mark;
  }

  void want(int slot) {
    open.want(slot);
  }

  boolean hasView() {
    return view != null;
  }

  void view(Panel.View taken) {
    view = taken;
  }

  /** How many parts of sealed rows there are, in order of time. */
  int sealedParts() {
    return current().sealed().length;
  }

  /** Where a part of the sealed rows is. */
  long address(int part) {
    return current().sealed()[part];
  }

  /** How many bytes it has. */
  int length(int part) {
    return current().lengths()[part];
  }

  /** The open rows of the wanted slots. */
  OpenColumns open() {
    if (!decoded) {
      decoded = true;
      open.decode(current(), mark);
    }
    return open;
  }

  private Panel.View current() {
    Panel.View taken = view;
    if (taken == null) {
      throw new IllegalStateException("the view was not taken");
    }
    return taken;
  }
}
