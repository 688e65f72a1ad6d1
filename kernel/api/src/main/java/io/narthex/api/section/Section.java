package io.narthex.api.section;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Reads the keys of one mapping, each as the type it must have. A key without a value counts as not
 * given. What is wrong goes to the list of problems and reads as not given, so that the rest of the
 * file is checked as well. For use by one thread at a time.
 *
 * <p>A section is <em>discreet</em> if it may hold secrets: its messages never quote a value. The
 * sections at the keys of upstream that hold credentials are, and all sections inside them.
 */
public final class Section {
  private static final String DURATION =
      "a duration such as 15s, 1m or 1h30m (units y, w, d, h, m, s, ms in this order)";
  private static final String SIZE =
      "a size such as 512KB, 10MB or 1GB (units B, KB, MB, GB, TB, PB, EB, powers of 2)";
  private static final Set<String> DISCREET =
      Set.of(
          "basic_auth",
          "authorization",
          "oauth2",
          "http_headers",
          "headers",
          "proxy_connect_header",
          "sigv4",
          "azuread");

  private final String path;
  private final String title;
  private final ConfigNode node;
  private final Path directory;
  private final List<Problem> problems;
  private final ReportedPlaces reported;
  private final boolean discreet;
  private final Map<String, ConfigNode.Entry> entries = new HashMap<>();
  private final Set<String> known = new TreeSet<>();

  /**
   * A section.
   *
   * @param name for messages, for example {@code global}
   * @param node what stands there; {@code null} counts as an empty mapping
   * @param directory what relative paths in it are relative to: the folder of its file
   * @param problems gets what is wrong
   */
  public Section(String name, ConfigNode node, Path directory, List<Problem> problems) {
    this(name, name, node, directory, problems, new ReportedPlaces(problems), false);
  }

  private Section(
      String path,
      String title,
      ConfigNode node,
      Path directory,
      List<Problem> problems,
      ReportedPlaces reported,
      boolean discreet) {
    this.path = path;
    this.title = title;
    this.node = node;
    this.directory = directory;
    this.problems = problems;
    this.reported = reported;
    this.discreet = discreet;
    switch (node) {
      case ConfigNode.Mapping mapping -> mapping.entries().forEach(e -> entries.put(e.key(), e));
      case ConfigNode other when other.isNull() -> {}
      case ConfigNode other ->
          report(other.position(), "%s must be a mapping, got %s".formatted(title, kind(other)));
    }
  }

  /** The whole of a file; the names of the sections in it begin with their own key. */
  public static Section root(
      String title, ConfigNode node, Path directory, List<Problem> problems) {
    return new Section("", title, node, directory, problems, new ReportedPlaces(problems), false);
  }

  /** The same section under a name that says more in messages, for example a job's. */
  public Section titled(String title) {
    return new Section(path, title, node, directory, problems, reported, discreet);
  }

  /** The section that stands at a key of this one; empty if the key is not given. */
  public Optional<Section> section(String key) {
    return value(key).map(v -> child(within(key), v, discreet || DISCREET.contains(key)));
  }

  /** A value inside this section as a section of its own. */
  public Section section(String name, ConfigNode node) {
    return child(name, node, discreet);
  }

  /** The sections in the list at a key. */
  public List<Section> sections(String key) {
    List<Section> sections = new ArrayList<>();
    for (ConfigNode item : list(key)) {
      sections.add(section("%s[%d]".formatted(within(key), sections.size()), item));
    }
    return sections;
  }

  /** The path of a key in this section. */
  public String within(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private Section child(String path, ConfigNode node, boolean discreet) {
    return new Section(path, path, node, directory, problems, reported, discreet);
  }

  /** The name, for messages. */
  public String name() {
    return title;
  }

  /** The name without what only people need: the keys that lead here. */
  public String path() {
    return path;
  }

  /** What stands here. */
  public ConfigNode node() {
    return node;
  }

  /** What relative paths in it are relative to. */
  public Path directory() {
    return directory;
  }

  /** Whether a mapping stands there at all. */
  public boolean isMapping() {
    return node instanceof ConfigNode.Mapping;
  }

  /** Where the section begins. */
  public Position position() {
    return node.position();
  }

  /** Where the key stands, or where the section begins. */
  public Position position(String key) {
    ConfigNode.Entry entry = entries.get(key);
    return entry == null ? position() : entry.position();
  }

  /** Where the key's value stands, or where the section begins. */
  public Position valuePosition(String key) {
    ConfigNode.Entry entry = entries.get(key);
    return entry == null ? position() : entry.value().position();
  }

  /** Says that something is wrong. */
  public void report(Position at, String message) {
    problems.add(new Problem(at, message));
  }

  /** Whether something was said to be wrong at that place. */
  public boolean isReported(Position at) {
    return reported.contains(at);
  }

  /** The value as it stands, if there is one. */
  public Optional<ConfigNode> value(String key) {
    known.add(key);
    ConfigNode.Entry entry = entries.get(key);
    return entry == null || entry.value().isNull() ? Optional.empty() : Optional.of(entry.value());
  }

  /** Whether the key stands there without a value. */
  public boolean isNull(String key) {
    ConfigNode.Entry entry = entries.get(key);
    return entry != null && entry.value().isNull();
  }

  /** Whether the key has a value that is not the empty text. */
  public boolean has(String key) {
    return value(key)
        .filter(v -> !(v instanceof ConfigNode.Scalar scalar && scalar.text().isEmpty()))
        .isPresent();
  }

  /** Reports if more than one of the keys has a value. */
  public void exclusive(String... keys) {
    String first = null;
    for (String key : keys) {
      if (has(key)) {
        if (first != null) {
          report(
              position(key),
              "%s and %s exclude each other in %s; keep one of them".formatted(first, key, title));
          return;
        }
        first = key;
      }
    }
  }

  /** A string. */
  public Optional<String> string(String key) {
    return value(key).flatMap(v -> scalar(v, key, "a string")).map(ConfigNode.Scalar::text);
  }

  /** True or false. */
  public boolean bool(String key, boolean fallback) {
    return parsed(key, "true or false", ScalarSyntax::bool).orElse(fallback);
  }

  /** A duration above 0; upstream reads 0 as not given. */
  public Optional<Duration> duration(String key) {
    return durationOrZero(key).filter(d -> !d.isZero());
  }

  /** A duration, 0 as well. */
  public Optional<Duration> durationOrZero(String key) {
    return parsed(key, DURATION, ScalarSyntax::duration);
  }

  /** A number of bytes, not negative. */
  public Optional<Long> size(String key) {
    return parsed(key, SIZE, s -> SizeSyntax.parse(s.text()).filter(bytes -> bytes >= 0));
  }

  /** A whole number. */
  public Optional<Long> integer(String key) {
    return parsed(key, "a whole number", ScalarSyntax::whole);
  }

  /** A whole number, not negative. */
  public Optional<Long> count(String key) {
    return parsed(
        key, "a whole number, at least 0", s -> ScalarSyntax.whole(s).filter(n -> n >= 0));
  }

  /** A whole number, not negative, that may need all 64 bits. */
  public Optional<Long> unsigned(String key) {
    return parsed(key, "a whole number, at least 0", ScalarSyntax::unsigned);
  }

  /** A number. */
  public Optional<Double> decimal(String key) {
    return parsed(key, "a number", ScalarSyntax::decimal);
  }

  private <T> Optional<T> parsed(
      String key, String expected, Function<ConfigNode.Scalar, Optional<T>> parser) {
    Optional<ConfigNode.Scalar> scalar = value(key).flatMap(v -> scalar(v, key, expected));
    Optional<T> parsed = scalar.flatMap(parser);
    if (scalar.isPresent() && parsed.isEmpty()) {
      reportKind(scalar.get(), key, expected);
    }
    return parsed;
  }

  /** A string that must not be shown. */
  public Optional<Secret> secret(String key) {
    return value(key).flatMap(v -> secret(v, key));
  }

  /** A value that must be a string that must not be shown. */
  public Optional<Secret> secret(ConfigNode value, String what) {
    if (value instanceof ConfigNode.Scalar scalar && !scalar.isNull()) {
      return Optional.of(new Secret(scalar.text()));
    }
    reportKind(value, what, "a string");
    return Optional.empty();
  }

  /** A path; a relative one is resolved against the folder of the file. */
  public Optional<Path> path(String key) {
    return string(key).filter(text -> !text.isEmpty()).flatMap(text -> path(key, text));
  }

  private Optional<Path> path(String key, String text) {
    if (text.indexOf('\0') >= 0) {
      report(valuePosition(key), "%s must be a path, got one with a zero byte".formatted(key));
      return Optional.empty();
    }
    return Optional.of(resolve(text));
  }

  /** A path as the file means it. */
  public Path resolve(String path) {
    return directory.resolve(path).normalize();
  }

  /** The items of a list; not given is an empty list. */
  public List<ConfigNode> list(String key) {
    return value(key).map(v -> items(v, key)).orElse(List.of());
  }

  /** The items of a value that must be a list. */
  public List<ConfigNode> items(ConfigNode value, String what) {
    if (value instanceof ConfigNode.Sequence sequence) {
      return sequence.items();
    }
    reportKind(value, what, "a list");
    return List.of();
  }

  /** The texts of a list of strings; not given is an empty list. */
  public List<String> strings(String key) {
    return value(key).map(v -> strings(v, key)).orElse(List.of()).stream()
        .map(ConfigNode.Scalar::text)
        .toList();
  }

  /** The texts of a list of strings. */
  public List<ConfigNode.Scalar> strings(ConfigNode value, String what) {
    List<ConfigNode.Scalar> strings = new ArrayList<>();
    for (ConfigNode item : items(value, what)) {
      scalar(item, "an item of " + what, "a string").ifPresent(strings::add);
    }
    return strings;
  }

  /**
   * The entries of a mapping whose keys are names that people choose; not given is an empty list.
   */
  public List<ConfigNode.Entry> mapping(String key) {
    Optional<ConfigNode> value = value(key);
    if (value.isPresent() && value.get() instanceof ConfigNode.Mapping mapping) {
      mapping
          .repeated()
          .forEach(
              entry ->
                  report(
                      entry.position(),
                      "key \"%s\" comes twice into %s by a merge (<<); keep one of them"
                          .formatted(entry.key(), within(key))));
      return mapping.entries();
    }
    value.ifPresent(
        v ->
            report(
                v.position(),
                "%s must be a mapping, got %s"
                    .formatted(key, DISCREET.contains(key) ? discreetKind(v) : kind(v))));
    return List.of();
  }

  /** A value that must be a single one. */
  public Optional<ConfigNode.Scalar> scalar(ConfigNode value, String what, String expected) {
    if (value instanceof ConfigNode.Scalar scalar && !scalar.isNull()) {
      return Optional.of(scalar);
    }
    reportKind(value, what, expected);
    return Optional.empty();
  }

  private void reportKind(ConfigNode value, String what, String expected) {
    report(value.position(), "%s must be %s, got %s".formatted(what, expected, kind(value)));
  }

  private String kind(ConfigNode value) {
    return discreet ? discreetKind(value) : value.kind();
  }

  private static String discreetKind(ConfigNode value) {
    return value instanceof ConfigNode.Scalar scalar && !scalar.isNull()
        ? "a single value"
        : value.kind();
  }

  /** Reports the keys that nobody asked for. */
  public void refuseOthers() {
    for (ConfigNode.Entry entry : entries.values()) {
      if (!known.contains(entry.key())) {
        String hint =
            Suggestion.nearest(entry.key(), known)
                .map(". Did you mean \"%s\"?"::formatted)
                .orElse("");
        report(entry.position(), "unknown key \"%s\" in %s%s".formatted(entry.key(), title, hint));
      }
    }
  }
}
