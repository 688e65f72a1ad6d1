package io.narthex.api.target;

import io.narthex.api.model.Labels;
import java.util.List;

/**
 * The targets of one job.
 *
 * @param name the job's name
 * @param targets those to scrape
 * @param dropped what relabelling dropped, by its labels before; as many as are kept
 * @param droppedCount how many were dropped, kept or not
 * @param refusal why none of the targets may be scraped, as the error of each of them; {@code ""}:
 *     they may
 */
public record TargetPool(
    String name, List<Target> targets, List<Labels> dropped, int droppedCount, String refusal) {
  /** Copies the lists. */
  public TargetPool {
    targets = List.copyOf(targets);
    dropped = List.copyOf(dropped);
  }

  /** A pool that dropped nothing. */
  public static TargetPool of(String name, List<Target> targets) {
    return new TargetPool(name, targets, List.of(), 0, "");
  }
}
