package io.narthex.alerting.internal.config;

import io.narthex.api.model.Labels;
import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Position;
import io.narthex.api.section.Section;
import io.narthex.api.section.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decodes {@code receivers}, but for what is the business of the notifiers. */
final class ReceiverDecoder {
  /** Upstream's kinds, in the order in which it shows and runs them. */
  static final List<String> UPSTREAM =
      List.of(
          "discord",
          "email",
          "incidentio",
          "pagerduty",
          "slack",
          "webhook",
          "opsgenie",
          "wechat",
          "pushover",
          "victorops",
          "sns",
          "telegram",
          "webex",
          "msteams",
          "msteamsv2",
          "jira",
          "rocketchat",
          "mattermost");

  /** What follows the kind in the keys. */
  static final String SUFFIX = "_configs";

  private final NotifierKinds kinds;
  private final Map<String, Receiver> receivers = new LinkedHashMap<>();

  ReceiverDecoder(NotifierKinds kinds) {
    this.kinds = kinds;
  }

  /** The receivers by name. */
  Map<String, Receiver> decode(Section root) {
    for (Section section : root.sections("receivers")) {
      String name = section.string("name").orElse("");
      if (name.isEmpty()) {
        section.report(section.position("name"), "name is missing or empty in " + section.name());
      }
      Receiver receiver = new Receiver(name, labels(section, name), entries(section, name));
      section.refuseOthers();
      if (!name.isEmpty() && receivers.putIfAbsent(name, receiver) != null) {
        section.report(
            section.valuePosition("name"),
            "%s: there is another receiver \"%s\"; names must differ"
                .formatted(section.name(), name));
      }
    }
    return receivers;
  }

  private static Labels labels(Section section, String name) {
    Labels labels = LabelNames.labels(section, "labels");
    String given = labels.get("name");
    if (!given.isEmpty() && !given.equals(name)) {
      section.report(
          section.position("labels"),
          "label name of receiver \"%s\" must be the receiver's name, got \"%s\""
              .formatted(name, given));
    }
    return labels.toBuilder().set("name", name).build();
  }

  private List<ReceiverEntry> entries(Section section, String name) {
    List<ReceiverEntry> entries = new ArrayList<>();
    for (String kind : kinds(section)) {
      String key = kind + SUFFIX;
      Optional<ConfigNode> value = section.value(key);
      if (value.isEmpty()) {
        continue;
      }
      if (!kinds.isInstalled(kind) && !kinds.mayCome()) {
        section.report(
            section.position(key),
            "receiver \"%s\" uses %s, which no installed bundle provides".formatted(name, key));
      } else if (value.get() instanceof ConfigNode.Sequence list) {
        add(section, kind, list, entries);
      } else {
        // Not quoted: it may be a URL with a password.
        section.report(
            value.get().position(),
            "%s in %s must be a list of mappings".formatted(key, section.name()));
      }
    }
    return entries;
  }

  private static void add(
      Section section, String kind, ConfigNode.Sequence list, List<ReceiverEntry> entries) {
    for (int i = 0; i < list.items().size(); i++) {
      ConfigNode item = list.items().get(i);
      String path = "%s[%d]".formatted(section.within(kind + SUFFIX), i);
      if (item instanceof ConfigNode.Mapping mapping) {
        Section entry = section.section(path, mapping);
        Optional<Boolean> sendResolved =
            entry
                .value(ReceiverEntry.SEND_RESOLVED)
                .map(given -> entry.bool(ReceiverEntry.SEND_RESOLVED, true));
        entries.add(new ReceiverEntry(kind, i, sendResolved, path, mapping, section.directory()));
      } else {
        Position at = item.position();
        section.report(at, path + (item.isNull() ? " is empty; it" : "") + " must be a mapping");
      }
    }
  }

  /** The kinds that the section may use: upstream's, and those besides that it names. */
  private List<String> kinds(Section section) {
    List<String> all = new ArrayList<>(UPSTREAM);
    if (section.node() instanceof ConfigNode.Mapping mapping) {
      for (ConfigNode.Entry entry : mapping.entries()) {
        String kind = kind(entry.key());
        if (!kind.isEmpty() && !all.contains(kind) && isTaken(kind)) {
          all.add(kind);
        }
      }
    }
    return all;
  }

  /** The kind that a key is for, or {@code ""}. */
  static String kind(String key) {
    return key.endsWith(SUFFIX) ? key.substring(0, key.length() - SUFFIX.length()) : "";
  }

  private boolean isTaken(String kind) {
    return kinds.isInstalled(kind)
        || kinds.mayCome() && Suggestion.nearest(kind, UPSTREAM).isEmpty();
  }
}
