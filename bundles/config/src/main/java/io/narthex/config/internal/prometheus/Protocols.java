package io.narthex.config.internal.prometheus;

import io.narthex.api.config.ScrapeProtocol;
import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Section;
import io.narthex.config.internal.schema.Choices;
import io.narthex.config.internal.schema.Setting;
import io.narthex.config.internal.schema.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The formats of exposition that are asked for. */
final class Protocols {
  private static final String KEY = "scrape_protocols";
  private static final String FALLBACK = "fallback_scrape_protocol";
  private static final List<String> NAMES =
      Arrays.stream(ScrapeProtocol.values()).map(ScrapeProtocol::text).sorted().toList();

  private Protocols() {}

  /** Checks what is given in a section. */
  static void check(Settings settings, String where) {
    Section section = settings.section();
    Optional<ConfigNode> given = section.value(KEY);
    if (given.isPresent()
        && given.get() instanceof ConfigNode.Sequence list
        && list.items().isEmpty()) {
      section.report(
          list.position(), "%s in %s is empty; it must name a format".formatted(KEY, where));
    }
    if (given.isPresent() && given.get() instanceof ConfigNode.Sequence list) {
      checkNames(section, list, where);
    }
  }

  private static void checkNames(Section section, ConfigNode.Sequence list, String where) {
    Set<String> seen = new HashSet<>();
    for (ConfigNode item : list.items()) {
      if (!(item instanceof ConfigNode.Scalar name) || name.isNull()) {
        continue;
      }
      if (!NAMES.contains(name.text())) {
        section.report(
            name.position(),
            "an item of %s must be %s, got %s".formatted(KEY, Choices.of(NAMES), name.kind()));
      } else if (!seen.add(name.text().toLowerCase(Locale.ROOT))) {
        section.report(
            name.position(), "\"%s\" stands twice in %s of %s".formatted(name.text(), KEY, where));
      }
    }
  }

  /** What a job asks for; fills in what is inherited. */
  static List<ScrapeProtocol> complete(Settings scrape, Settings global) {
    check(scrape, scrape.section().name());
    if (!scrape.has(KEY)) {
      scrape.set(KEY, global.has(KEY) ? global.get(KEY) : defaults(scrape));
    }
    List<ScrapeProtocol> protocols = new ArrayList<>();
    scrape.texts(KEY).forEach(name -> protocol(name).ifPresent(protocols::add));
    return protocols.isEmpty() ? ScrapeProtocol.DEFAULT : protocols;
  }

  private static Setting defaults(Settings scrape) {
    List<Setting> names = new ArrayList<>();
    if (scrape.flag("scrape_native_histograms")) {
      names.add(new Setting.Text(ScrapeProtocol.PROMETHEUS_PROTO.text()));
    }
    ScrapeProtocol.DEFAULT.forEach(protocol -> names.add(new Setting.Text(protocol.text())));
    return new Setting.Items(names, false);
  }

  static Optional<ScrapeProtocol> fallback(Settings scrape) {
    String name = scrape.text(FALLBACK);
    Optional<ScrapeProtocol> protocol = protocol(name);
    if (!name.isEmpty() && protocol.isEmpty()) {
      scrape
          .section()
          .report(
              scrape.section().valuePosition(FALLBACK),
              "%s must be %s, got \"%s\"".formatted(FALLBACK, Choices.of(NAMES), name));
    }
    return protocol;
  }

  private static Optional<ScrapeProtocol> protocol(String name) {
    return Arrays.stream(ScrapeProtocol.values()).filter(p -> p.text().equals(name)).findFirst();
  }
}
