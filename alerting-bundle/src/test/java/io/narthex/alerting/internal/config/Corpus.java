package io.narthex.alerting.internal.config;

import io.narthex.api.section.Problem;
import io.narthex.api.section.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The configurations in {@code src/test/resources/alertmanager}, and how they are read. */
final class Corpus {
  static final Path FOLDER = Path.of("src/test/resources/alertmanager");

  private Corpus() {}

  /** Files by ending, in order. */
  static List<Path> files(String ending) throws IOException {
    try (Stream<Path> all = Files.list(FOLDER)) {
      return all.filter(f -> f.toString().endsWith(ending)).sorted().toList();
    }
  }

  static Loaded decode(Path file) throws IOException {
    return decode(FOLDER.resolve("alertmanager.yml").toString(), Files.readString(file), false);
  }

  static Loaded decode(String origin, String text, boolean mayCome) {
    return new AlertmanagerYaml(new Installed(mayCome), ConfigFiles.local()).decode(origin, text);
  }

  /** Two kinds, whose entries are checked as their notifiers would. */
  record Installed(boolean mayCome) implements NotifierKinds {
    private static final Map<String, Set<String>> KEYS =
        Map.of(
            "webhook",
            Set.of("url", "url_file", "http_config", "max_alerts", "timeout"),
            "email",
            Set.of("to", "from", "smarthost", "headers", "html", "text", "require_tls"));

    @Override
    public boolean isInstalled(String kind) {
      return KEYS.containsKey(kind);
    }

    @Override
    public void check(NotifierSettings settings, List<Problem> problems) {
      for (Receiver receiver : settings.receivers()) {
        for (ReceiverEntry entry : receiver.entries()) {
          check(entry, settings.globalSection(problems), problems);
        }
      }
    }

    private static void check(ReceiverEntry entry, Section global, List<Problem> problems) {
      if (!KEYS.containsKey(entry.kind())) {
        return;
      }
      Section section = entry.section(problems);
      KEYS.get(entry.kind()).forEach(section::value);
      if (entry.kind().equals("webhook") && !section.has("url") && !section.has("url_file")) {
        section.report(section.position(), "url is missing in " + section.name());
      }
      if (entry.kind().equals("email")) {
        if (!section.has("to")) {
          section.report(section.position(), "to is missing in " + section.name());
        }
        if (!section.has("smarthost") && !global.has("smtp_smarthost")) {
          section.report(section.position(), "smarthost is missing in " + section.name());
        }
      }
      section.refuseOthers();
    }
  }
}
