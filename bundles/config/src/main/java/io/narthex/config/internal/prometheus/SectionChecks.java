package io.narthex.config.internal.prometheus;

import io.narthex.api.model.NameValidation;
import io.narthex.api.section.Section;
import io.narthex.api.yaml.YamlValue;
import io.narthex.config.internal.schema.Setting;
import io.narthex.config.internal.schema.Settings;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Checks the sections that this version does not act on, as strictly as the others. */
final class SectionChecks {
  private static final long DEFAULT_GOGC = 75;

  private SectionChecks() {}

  static void check(
      Settings root, Settings global, Mechanisms mechanisms, ConfigurationFiles files) {
    NameValidation names = NameSchemes.validation(global);
    completeRuntime(root);
    root.child("alerting")
        .ifPresent(alerting -> new AlertingChecks(mechanisms, names).check(alerting));
    root.child("tracing").ifPresent(TracingChecks::check);
    root.child("otlp").ifPresent(otlp -> OtlpChecks.check(otlp, names));
    RemoteChecks remote = new RemoteChecks(names);
    checkNames(root, "remote_write");
    checkNames(root, "remote_read");
    root.children("remote_write").forEach(remote::checkWrite);
    root.children("remote_read").forEach(remote::checkRead);
    checkRepeated(root, "remote_write");
    checkRepeated(root, "remote_read");
    root.children("remote_write").forEach(write -> TlsFiles.check(write, files));
    root.children("remote_read").forEach(read -> TlsFiles.check(read, files));
    root.child("tracing").ifPresent(tracing -> TlsFiles.check(tracing, files));
  }

  private static void completeRuntime(Settings root) {
    root.child("runtime")
        .filter(runtime -> !runtime.has("gogc"))
        .ifPresent(runtime -> runtime.set("gogc", new Setting.Whole(DEFAULT_GOGC)));
  }

  /** Two with names of their own are not the same; that names are is told already. */
  private static void checkRepeated(Settings root, String key) {
    Map<YamlValue, String> seen = new HashMap<>();
    for (Settings entry : root.children(key)) {
      Section section = entry.section();
      String first = seen.putIfAbsent(entry.shown(), section.name());
      if (first != null && entry.text("name").isEmpty()) {
        section.report(
            section.position(),
            "%s is the same as %s; remove one of them, or give each a name"
                .formatted(section.name(), first));
      }
    }
  }

  private static void checkNames(Settings root, String key) {
    Set<String> seen = new HashSet<>();
    for (Settings entry : root.children(key)) {
      String name = entry.text("name");
      if (!name.isEmpty() && !seen.add(name)) {
        Section section = entry.section();
        section.report(
            section.valuePosition("name"),
            "name \"%s\" stands twice in %s; each must have its own".formatted(name, key));
      }
    }
  }
}
