package io.narthex.storage.internal.panel;

import io.narthex.storage.internal.column.PanelMatrix;
import io.narthex.storage.internal.column.PanelSealer;

/** Makes columns in the smallest of the forms of {@link PanelSealer}. For use by one thread. */
public final class ColumnSealing implements Sealing {
  private final RowRuns runs = new RowRuns();
  private final PanelMatrix matrix = new PanelMatrix();
  private final PanelSealer sealer = new PanelSealer();
  private final Filling filling = new Filling();

  private final class Filling implements RowRuns.Sink {
    @Override
    public void row(int row, long time, long commit) {
      matrix.setRow(row, time, commit);
    }

    @Override
    public void run(int slot, int fromRow, int toRow, long number, int form) {
      for (int row = fromRow; row < toRow; row++) {
        matrix.set(slot, row, number, form & SlotValue.READING);
      }
    }
  }

  @Override
  public void seal(Panel.View view, int slots) {
    OpenRows.View rows = view.open();
    matrix.reset(rows.rows(), slots);
    runs.walk(rows, Long.MAX_VALUE, filling);
    sealer.seal(matrix);
  }

  @Override
  public void close() {
    sealer.close();
  }

  /** Columns that had to be written as raw bits since they did not decode to what they were. */
  public long fallbacks() {
    return sealer.fallbacks();
  }

  @Override
  public byte[] bytes() {
    return sealer.bytes();
  }

  @Override
  public int length() {
    return sealer.length();
  }
}
