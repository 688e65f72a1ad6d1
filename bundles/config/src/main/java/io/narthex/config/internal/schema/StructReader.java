package io.narthex.config.internal.schema;

import io.narthex.api.http.HttpClientSection;
import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Problem;
import io.narthex.api.section.Section;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Reads a mapping by its description: each key as its type, with defaults; a key without a value is
 * zero, as upstream has it. What is wrong, and keys that the description does not have, are
 * reported.
 */
public final class StructReader {
  private static final String STATIC = "static_configs";
  private static final String SUFFIX = "_sd_configs";

  private final Schema schema;
  private final Predicate<String> otherMechanisms;
  private final Set<String> httpKeys;
  private final ValueReader values;

  /**
   * A reader.
   *
   * @param otherMechanisms whether somebody provides a mechanism of service discovery that upstream
   *     does not have
   */
  public StructReader(Schema schema, Predicate<String> otherMechanisms) {
    this.schema = schema;
    this.otherMechanisms = otherMechanisms;
    this.httpKeys = schema.http().fields().stream().map(Field::key).collect(Collectors.toSet());
    this.values = new ValueReader(this);
  }

  /** Reads a mapping of a kind. */
  public Settings read(String kind, Section section) {
    return read(schema.struct(kind), section);
  }

  private Settings read(Struct struct, Section untitled) {
    Section section = titled(struct, untitled);
    Settings settings = new Settings(struct, section);
    List<Problem> unheardProblems = new ArrayList<>();
    Section unheard = unheard(section, unheardProblems);
    for (Field field : struct.fields()) {
      boolean http = struct.hasHttp() && httpKeys.contains(field.key());
      settings.set(field.key(), values.read(field, http ? unheard : section));
    }
    if (struct.hasHttp()) {
      boolean http2 = !struct.name().equals("remote_write");
      hear(section, unheardProblems, () -> settings.http(HttpClientSection.read(section, http2)));
      HttpSettings.complete(settings, this);
    }
    if (struct.hasDiscoveries()) {
      readDiscoveries(section, settings);
    }
    section.refuseOthers();
    return settings;
  }

  /** The keys of HTTP clients are checked by {@link HttpClientSection}, which says it better. */
  private static Section unheard(Section section, List<Problem> problems) {
    return new Section(section.path(), section.node(), section.directory(), problems);
  }

  /**
   * But it fails at a name that no file of this system can have, with the rest unread; then what
   * was not heard is told.
   */
  private void hear(Section section, List<Problem> unheard, Runnable reading) {
    try {
      reading.run();
    } catch (InvalidPathException e) {
      httpKeys.forEach(section::value);
      unheard.stream()
          .filter(problem -> !section.isReported(problem.position()))
          .forEach(problem -> section.report(problem.position(), problem.message()));
    }
  }

  private static Section titled(Struct struct, Section section) {
    String key = struct.nameKey();
    if (!key.isEmpty() && section.node() instanceof ConfigNode.Mapping mapping) {
      for (ConfigNode.Entry entry : mapping.entries()) {
        if (entry.key().equals(key)
            && entry.value() instanceof ConfigNode.Scalar name
            && !name.text().isEmpty()) {
          String what = key.replaceAll("_.*", "");
          return section.titled("%s (%s \"%s\")".formatted(section.path(), what, name.text()));
        }
      }
    }
    return section;
  }

  Settings child(String kind, Section section) {
    if (kind.equals("tls_config")) {
      List<Problem> problems = new ArrayList<>();
      Settings tls = read(schema.struct(kind), unheard(section, problems));
      hear(section, problems, () -> HttpClientSection.tls(section));
      return tls;
    }
    return read(schema.struct(kind), section);
  }

  Settings zero(String kind, Section section) {
    Struct struct = schema.struct(kind);
    Settings settings = new Settings(struct, section);
    for (Field field : struct.fields()) {
      settings.set(field.key(), values.zero(field, section));
    }
    return settings;
  }

  private void readDiscoveries(Section section, Settings settings) {
    section.value(STATIC);
    schema.mechanisms().forEach(mechanism -> section.value(mechanism + SUFFIX));
    if (!(section.node() instanceof ConfigNode.Mapping mapping)) {
      return;
    }
    for (ConfigNode.Entry entry : mapping.entries()) {
      String key = entry.key();
      String mechanism = key.endsWith(SUFFIX) ? key.replace(SUFFIX, "") : "";
      if (key.equals(STATIC)) {
        add(settings, key, schema.struct("static"));
      } else if (schema.mechanisms().contains(mechanism)) {
        add(settings, key, schema.discovery(mechanism));
      } else if (!mechanism.isEmpty() && otherMechanisms.test(mechanism)) {
        List<Settings> entries = new ArrayList<>();
        for (Section item : items(section, key)) {
          entries.add(OtherSettings.read(mechanism, item));
        }
        settings.discoveries().put(key, entries);
      }
    }
  }

  private void add(Settings settings, String key, Struct struct) {
    List<Settings> entries = new ArrayList<>();
    for (Section item : items(settings.section(), key)) {
      entries.add(read(struct, item));
    }
    if (!entries.isEmpty()) {
      settings.discoveries().put(key, entries);
    }
  }

  /** The mappings in a list; an entry without a value is wrong. */
  List<Section> items(Section section, String key) {
    List<Section> items = new ArrayList<>();
    for (Section item : section.sections(key)) {
      if (item.node().isNull()) {
        section.report(item.position(), item.path() + " is empty; it must be a mapping");
      } else {
        items.add(item);
      }
    }
    return items;
  }
}
