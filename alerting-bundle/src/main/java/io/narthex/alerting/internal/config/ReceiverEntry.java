package io.narthex.alerting.internal.config;

import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Problem;
import io.narthex.api.section.Section;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An entry of {@code <kind>_configs} of a receiver. Two are equal if they say the same, wherever
 * they stand in the file.
 *
 * @param kind for example {@code webhook}
 * @param index its place among the entries of its kind
 * @param sendResolved what the file says; empty: the notifier's default
 * @param path the keys that lead to it, for example {@code receivers[0].webhook_configs[1]}
 * @param node what stands there
 * @param directory what relative paths in it are relative to
 */
public record ReceiverEntry(
    String kind,
    int index,
    Optional<Boolean> sendResolved,
    String path,
    ConfigNode node,
    Path directory) {
  /** The key that is read here and not by the notifier. */
  static final String SEND_RESOLVED = "send_resolved";

  /**
   * The entry to be read by its notifier; the key that is not the notifier's counts as read.
   *
   * @param problems gets what is wrong
   */
  public Section section(List<Problem> problems) {
    Section section = new Section(path, node, directory, problems);
    section.value(SEND_RESOLVED);
    return section;
  }
}
