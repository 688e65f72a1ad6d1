package io.narthex.alerting.internal.config;

import io.narthex.api.model.Utf8Order;
import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Section;
import java.util.ArrayList;
import java.util.List;

/** Decodes {@code inhibit_rules}. */
final class InhibitDecoder {
  private InhibitDecoder() {}

  static List<InhibitRule> decode(Section root) {
    List<InhibitRule> rules = new ArrayList<>();
    for (Section section : root.sections("inhibit_rules")) {
      rules.add(
          new InhibitRule(
              section.string("name").orElse(""),
              MatcherDecoder.decode(section, "source_"),
              MatcherDecoder.decode(section, "target_"),
              LabelNames.names(section, "equal").stream()
                  .map(ConfigNode.Scalar::text)
                  .distinct()
                  .sorted(Utf8Order.COMPARATOR)
                  .toList()));
      section.refuseOthers();
    }
    return rules;
  }
}
