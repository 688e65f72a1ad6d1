package io.narthex.config.internal.prometheus;

import io.narthex.api.config.DiscoveryConfig;
import io.narthex.api.config.StaticTargets;
import io.narthex.api.model.Labels;
import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Section;
import io.narthex.config.internal.schema.Settings;
import java.util.ArrayList;
import java.util.List;

/** Decodes {@code static_configs} and the {@code <mechanism>_sd_configs}. */
final class DiscoveryDecoder {
  private static final String STATIC = "static_configs";
  private static final String SUFFIX = "_sd_configs";

  private final Mechanisms mechanisms;

  DiscoveryDecoder(Mechanisms mechanisms) {
    this.mechanisms = mechanisms;
  }

  /** The mechanism that owns a key, or {@code ""}. */
  static String mechanism(String key) {
    return key.endsWith(SUFFIX) ? key.substring(0, key.length() - SUFFIX.length()) : "";
  }

  /**
   * Checks all of a section. Static addresses are checked if no relabelling can change them.
   *
   * @param pathKey the section's key for a path
   */
  void check(Settings settings, String pathKey) {
    boolean checkAddresses = !settings.has("relabel_configs");
    settings
        .discoveries()
        .forEach(
            (key, entries) -> {
              for (Settings entry : entries) {
                if (!key.equals(STATIC)) {
                  check(mechanism(key), entry);
                } else if (checkAddresses) {
                  checkAddresses(entry.section(), pathKey);
                }
              }
            });
  }

  private void check(String mechanism, Settings entry) {
    boolean known = DiscoveryRules.check(mechanism, entry);
    mechanisms.check(mechanism, entry.section(), known);
  }

  private static void checkAddresses(Section section, String pathKey) {
    for (ConfigNode item : items(section)) {
      if (item instanceof ConfigNode.Scalar target && !target.isNull()) {
        TargetAddress.problem(target.text(), pathKey)
            .ifPresent(problem -> section.report(target.position(), problem));
      }
    }
  }

  private static List<ConfigNode> items(Section section) {
    return section
        .value("targets")
        .filter(ConfigNode.Sequence.class::isInstance)
        .map(list -> ((ConfigNode.Sequence) list).items())
        .orElse(List.of());
  }

  List<StaticTargets> statics(Settings settings) {
    List<StaticTargets> groups = new ArrayList<>();
    for (Settings entry : settings.discoveries().getOrDefault(STATIC, List.of())) {
      Labels.Builder labels = Labels.builder();
      entry
          .textsByName("labels")
          .forEach(
              (name, value) -> {
                if (!name.isEmpty()) {
                  labels.set(name, value);
                }
              });
      groups.add(new StaticTargets(entry.texts("targets"), labels.build()));
    }
    return groups;
  }

  List<DiscoveryConfig> dynamics(Settings settings) {
    List<DiscoveryConfig> configs = new ArrayList<>();
    settings
        .discoveries()
        .forEach(
            (key, entries) -> {
              for (Settings entry : entries) {
                if (!key.equals(STATIC)) {
                  Section section = entry.section();
                  configs.add(
                      new DiscoveryConfig(mechanism(key), section.node(), section.directory()));
                }
              }
            });
    return configs;
  }
}
