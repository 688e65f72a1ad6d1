package io.narthex.alerting.internal.config;

import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Position;
import io.narthex.api.section.Problem;
import io.narthex.api.section.Section;
import io.narthex.api.template.TemplateSource;
import java.nio.file.Path;
import java.util.List;

/**
 * What notifiers are made from.
 *
 * @param global the section {@code global} as it stands
 * @param directory what relative paths are relative to: the folder of the file
 * @param templatesAt where {@code templates} stands in the file, for what is wrong with them
 * @param templates the texts of the files that {@code templates} names
 */
public record NotifierSettings(
    ConfigNode global,
    Path directory,
    Position templatesAt,
    List<TemplateSource> templates,
    List<Receiver> receivers) {
  /** Copies the lists. */
  public NotifierSettings {
    templates = List.copyOf(templates);
    receivers = List.copyOf(receivers);
  }

  /**
   * The section {@code global} to be read by a notifier.
   *
   * @param problems gets what is wrong
   */
  public Section globalSection(List<Problem> problems) {
    return new Section("global", global, directory, problems);
  }
}
