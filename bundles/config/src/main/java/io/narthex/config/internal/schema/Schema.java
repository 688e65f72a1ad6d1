package io.narthex.config.internal.schema;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All kinds of mappings, read from the bundle's {@code *.schema} files. */
public final class Schema {
  private static final List<String> FILES = List.of("prometheus.schema", "discovery.schema");
  private static final String HTTP = "http";
  private static final String DISCOVERY = "sd:";
  private static final Pattern HEADER = Pattern.compile("\\[(\\S+)(?: (\\S+))?\\]");
  private static final Pattern FIELD =
      Pattern.compile("(\\S+) ([a-z]+\\*?)(?::([^\\s?]+))?(?:\\(([^)]*)\\))?(\\?)?(?: = (.*))?");

  private final Map<String, List<String>> lines = new LinkedHashMap<>();
  private final Map<String, String> nameKeys = new LinkedHashMap<>();
  private final Map<String, Struct> structs = new LinkedHashMap<>();

  private Schema() {}

  /** Reads the files. */
  public static Schema load() {
    Schema schema = new Schema();
    FILES.forEach(schema::read);
    schema.lines.keySet().forEach(schema::resolve);
    return schema;
  }

  private void read(String file) {
    try (InputStream in = Objects.requireNonNull(Schema.class.getResourceAsStream(file));
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      String current = "";
      for (String line : reader.lines().toList()) {
        Matcher header = HEADER.matcher(line);
        if (header.matches()) {
          current = header.group(1);
          lines.put(current, new ArrayList<>());
          nameKeys.put(current, Objects.requireNonNullElse(header.group(2), ""));
        } else if (!line.isEmpty() && !line.startsWith("#")) {
          Objects.requireNonNull(lines.get(current)).add(line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Struct resolve(String name) {
    Struct known = structs.get(name);
    if (known != null) {
      return known;
    }
    List<Field> fields = new ArrayList<>();
    boolean http = false;
    boolean discoveries = false;
    for (String line : Objects.requireNonNull(lines.get(name), name)) {
      if (line.equals("*_sd_configs")) {
        discoveries = true;
      } else if (line.startsWith("+")) {
        fields.addAll(resolve(line.substring(1)).fields());
        http |= line.equals("+" + HTTP);
      } else {
        replaceOrAdd(fields, field(line));
      }
    }
    Struct struct =
        new Struct(name, Objects.requireNonNull(nameKeys.get(name)), fields, http, discoveries);
    structs.put(name, struct);
    return struct;
  }

  private static void replaceOrAdd(List<Field> fields, Field field) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).key().equals(field.key())) {
        fields.set(i, field);
        return;
      }
    }
    fields.add(field);
  }

  private static Field field(String line) {
    Matcher parts = FIELD.matcher(line);
    if (!parts.matches()) {
      throw new IllegalStateException("not a line of a schema: " + line);
    }
    String kind = parts.group(2).equals("bool*") ? "optional_bool" : parts.group(2);
    String choices = parts.group(4);
    return new Field(
        parts.group(1),
        Field.Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
        Objects.requireNonNullElse(parts.group(3), ""),
        choices == null ? List.of() : List.of(choices.split("\\|", -1)),
        parts.group(5) != null,
        Objects.requireNonNullElse(parts.group(6), ""));
  }

  Struct struct(String name) {
    return Objects.requireNonNull(structs.get(name), name);
  }

  /** Upstream's mechanisms of service discovery. */
  public SortedSet<String> mechanisms() {
    SortedSet<String> mechanisms = new TreeSet<>();
    for (String name : structs.keySet()) {
      if (name.startsWith(DISCOVERY)) {
        mechanisms.add(name.substring(DISCOVERY.length()));
      }
    }
    return mechanisms;
  }

  /** The paths of all keys inside a kind of mapping, for example {@code global.sample_limit}. */
  public SortedSet<String> keys(String kind) {
    SortedSet<String> keys = new TreeSet<>();
    for (Field field : struct(kind).fields()) {
      keys.add(field.key());
      if (!field.detail().isEmpty()) {
        String prefix = field.key() + (field.kind() == Field.Kind.LIST ? "[]." : ".");
        keys(field.detail()).forEach(key -> keys.add(prefix + key));
      }
    }
    return keys;
  }

  /** The keys of HTTP clients. */
  Struct http() {
    return struct(HTTP);
  }

  Struct discovery(String mechanism) {
    return struct(DISCOVERY + mechanism);
  }
}
