package io.narthex.storage.internal.append;

import io.narthex.storage.internal.head.Head;
import io.narthex.storage.internal.panel.Panel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The panels that a commit touches. New series of one time go together: into the last panel that
 * this time touches, if it has room, and then into new ones; too few for a panel of their own, and
 * without others that have one, stay loose. To be used again and again, by one thread.
 */
final class RowPlans {
  /** A panel for fewer series would cost more than it saves. */
  private static final int FEWEST = 3;

  private final Head head;
  private final List<RowPlan> pool = new ArrayList<>();
  private final Map<Panel, RowPlan> byPanel = new IdentityHashMap<>();
  private final List<RowPlan> inGroup = new ArrayList<>();
  private int used;
  private int nextPanel;
  private int segment;
  private boolean severalRows;
  private int group;
  private @Nullable Panel lastPanel;
  private @Nullable RowPlan lastPlan;
  private @Nullable RowPlan open;
  private int[] unplaced = new int[16];
  private int unplacedCount;

  RowPlans(Head head) {
    this.head = head;
  }

  void begin(int inSegment, boolean hasSeveralRows) {
    byPanel.clear();
    used = 0;
    nextPanel = head.panels().nextId();
    segment = inSegment;
    severalRows = hasSeveralRows;
    group = 0;
    lastPanel = null;
    lastPlan = null;
  }

  void beginGroup() {
    group++;
    inGroup.clear();
    unplacedCount = 0;
    open = null;
  }

  /** Puts the sample of a series that has a panel; false if it has none. */
  boolean put(Slot slot, long number, int form) {
    RowPlan plan = slot.pass().plan;
    if (plan == null) {
      Panel panel = head.panelOf(slot.series);
      if (panel == null) {
        return false;
      }
      plan = of(panel);
      slot.pass().plan = plan;
      slot.pass().place = head.slotOf(slot.series);
    }
    put(plan, slot, number, form);
    return true;
  }

  private void put(RowPlan plan, Slot slot, long number, int form) {
    if (plan.beginRow(group)) {
      inGroup.add(plan);
    }
    plan.put(slot.pass().place, slot, number, form);
    open = plan;
  }

  private RowPlan of(Panel panel) {
    RowPlan plan = lastPlan;
    if (panel == lastPanel && plan != null) {
      return plan;
    }
    plan = byPanel.get(panel);
    if (plan == null) {
      plan = take();
      plan.begin(panel, segment, severalRows);
      byPanel.put(panel, plan);
    }
    lastPanel = panel;
    lastPlan = plan;
    return plan;
  }

  private RowPlan take() {
    if (used == pool.size()) {
      pool.add(new RowPlan());
    }
    return pool.get(used++);
  }

  void addUnplaced(int sample) {
    if (unplacedCount == unplaced.length) {
      unplaced = Arrays.copyOf(unplaced, unplacedCount * 2);
    }
    unplaced[unplacedCount++] = sample;
  }

  int unplaced() {
    return unplacedCount;
  }

  int unplaced(int i) {
    return unplaced[i];
  }

  /** Puts the sample of a series that has no panel; false if it stays without. */
  boolean place(Slot slot, long number, int form) {
    // Loose samples go in after rows: a series must not have both in one commit.
    if (slot.pass().goesLoose) {
      return false;
    }
    RowPlan plan = open;
    if (plan == null || !plan.hasRoom()) {
      if (plan == null && unplacedCount < FEWEST) {
        return false;
      }
      plan = take();
      plan.begin(nextPanel++);
    }
    slot.pass().plan = plan;
    slot.pass().place = plan.addSlot();
    put(plan, slot, number, form);
    return true;
  }

  int inGroup() {
    return inGroup.size();
  }

  RowPlan inGroup(int i) {
    return inGroup.get(i);
  }
}
