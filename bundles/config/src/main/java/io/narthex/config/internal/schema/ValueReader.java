package io.narthex.config.internal.schema;

import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Secret;
import io.narthex.api.section.Section;
import io.narthex.api.time.DurationSyntax;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** Reads the value of a key as its type. */
final class ValueReader {
  private static final String BODY_LIMIT = "body_size_limit";
  private static final Pattern BEYOND_SIZES = Pattern.compile("\\+?([89]|[1-9][0-9]{1,2})Ei?B");

  private final StructReader structs;

  ValueReader(StructReader structs) {
    this.structs = structs;
  }

  Setting read(Field field, Section section) {
    String key = field.key();
    if (section.isNull(key)) {
      section.value(key);
      return zero(field, section);
    }
    return switch (field.kind()) {
      case TEXT -> text(field, section).<Setting>map(Setting.Text::new).orElse(initial(field));
      case BOOL -> new Setting.Flag(section.bool(key, field.fallback().equals("true")), false);
      case OPTIONAL_BOOL ->
          section.value(key).isEmpty()
              ? new Setting.Unset()
              : new Setting.Flag(section.bool(key, false), true);
      case INT -> section.integer(key).<Setting>map(Setting.Whole::new).orElse(initial(field));
      case COUNT -> section.unsigned(key).<Setting>map(Setting.Count::new).orElse(initial(field));
      case DECIMAL ->
          section.decimal(key).<Setting>map(Setting.Decimal::new).orElse(initial(field));
      case DURATION ->
          section.durationOrZero(key).<Setting>map(Setting.Time::new).orElse(initial(field));
      case SIZE -> size(field, section);
      case URL -> url(key, section).<Setting>map(Setting.Url::new).orElse(new Setting.Unset());
      case REGEX -> regex(key, section);
      case PATH -> path(key, section).<Setting>map(Setting.Text::new).orElse(initial(field));
      case SECRET -> section.secret(key).<Setting>map(Setting.Hidden::new).orElse(initial(field));
      case TEXTS -> texts(section.strings(key), false);
      case FLOW -> texts(section.strings(key), true);
      case PATHS -> texts(paths(key, section), false);
      case SECRETS -> secrets(section, section.list(key), key);
      case MAP -> names(key, section, (s, entry) -> new Setting.Text(mapValue(key, s, entry)));
      case LABELS -> names(key, section, (s, entry) -> label(key, s, entry));
      case LISTS -> names(key, section, (s, entry) -> list(key, s, entry));
      case SECRETLISTS -> names(key, section, (s, entry) -> secretList(s, entry));
      case HEADERS -> headers(key, section);
      case ANY -> section.value(key).<Setting>map(Setting.Node::new).orElse(new Setting.Unset());
      case STRUCT -> new Setting.Group(struct(field, section), false);
      case POINTER ->
          section
              .section(key)
              .<Setting>map(s -> new Setting.Group(structs.child(field.detail(), s), true))
              .orElse(new Setting.Unset());
      case LIST -> list(field, section);
    };
  }

  /** What a key has that was not given. */
  private static Setting initial(Field field) {
    String fallback = field.fallback();
    return switch (field.kind()) {
      case INT -> new Setting.Whole(fallback.isEmpty() ? 0 : Long.parseLong(fallback));
      case COUNT -> new Setting.Count(fallback.isEmpty() ? 0 : Long.parseLong(fallback));
      case DECIMAL -> new Setting.Decimal(0);
      case DURATION ->
          new Setting.Time(fallback.isEmpty() ? Duration.ZERO : DurationSyntax.parse(fallback));
      case SIZE -> new Setting.Size(0);
      case SECRET -> new Setting.Hidden(new Secret(""));
      default -> new Setting.Text(fallback);
    };
  }

  /** What a key has that stands there without a value. */
  Setting zero(Field field, Section section) {
    return switch (field.kind()) {
      case TEXT, PATH -> new Setting.Text("");
      case BOOL -> new Setting.Flag(false, false);
      case INT -> new Setting.Whole(0);
      case COUNT -> new Setting.Count(0);
      case DECIMAL -> new Setting.Decimal(0);
      case DURATION -> new Setting.Time(Duration.ZERO);
      case SIZE -> new Setting.Size(0);
      case SECRET -> new Setting.Hidden(new Secret(""));
      case REGEX -> new Setting.Given("");
      case OPTIONAL_BOOL, URL, ANY, POINTER -> new Setting.Unset();
      case FLOW -> new Setting.Items(List.of(), true);
      case TEXTS, PATHS, SECRETS, LIST -> new Setting.Items(List.of(), false);
      case MAP, LABELS, LISTS, SECRETLISTS, HEADERS -> new Setting.Names(new TreeMap<>());
      case STRUCT -> new Setting.Group(structs.zero(field.detail(), section), false);
    };
  }

  /** Upstream's size of a body is a negative number from 8 EiB on, and then no limit. */
  private static Setting size(Field field, Section section) {
    String key = field.key();
    boolean beyond =
        key.equals(BODY_LIMIT)
            && section.value(key).isPresent()
            && section.value(key).get() instanceof ConfigNode.Scalar scalar
            && BEYOND_SIZES.matcher(scalar.text()).matches();
    return beyond
        ? new Setting.Size(Long.MIN_VALUE)
        : section.size(key).<Setting>map(Setting.Size::new).orElse(initial(field));
  }

  private static Optional<String> text(Field field, Section section) {
    Optional<String> text = section.string(field.key());
    if (text.isPresent() && !field.choices().isEmpty() && !field.choices().contains(text.get())) {
      section.report(
          section.valuePosition(field.key()),
          "%s must be %s, got \"%s\""
              .formatted(field.key(), Choices.of(field.choices()), text.get()));
      return Optional.empty();
    }
    return text;
  }

  private static Optional<String> url(String key, Section section) {
    Optional<String> text = section.string(key);
    Optional<String> problem = text.flatMap(UrlText::problem);
    problem.ifPresent(
        p ->
            section.report(
                section.valuePosition(key),
                "%s in %s is not a URL: %s".formatted(key, section.name(), p)));
    return problem.isPresent() ? Optional.empty() : text;
  }

  private static Setting regex(String key, Section section) {
    Optional<String> text = section.string(key);
    text.flatMap(AnchoredRegex::problem)
        .ifPresent(
            problem ->
                section.report(
                    section.valuePosition(key),
                    "%s is not a valid RE2 expression: %s".formatted(key, problem)));
    return text.<Setting>map(Setting.Given::new).orElse(new Setting.Unset());
  }

  private static Optional<String> path(String key, Section section) {
    try {
      return section.path(key).map(path -> asWritten(section.string(key).orElse(""), path));
    } catch (InvalidPathException e) {
      section.report(section.valuePosition(key), noPath(key, e));
      return Optional.empty();
    }
  }

  /** Does not quote the path, which may stand where a secret should. */
  private static String noPath(String what, InvalidPathException e) {
    return ("%s cannot be a path on this system: %s; for names that are not ASCII the server must"
            + " run in a UTF-8 locale (LC_ALL, LANG)")
        .formatted(what, e.getReason());
  }

  /** An absolute path is shown as it was written. */
  private static String asWritten(String text, Path resolved) {
    return Path.of(text).isAbsolute() ? text : resolved.toString();
  }

  private static List<String> paths(String key, Section section) {
    List<String> paths = new ArrayList<>();
    for (ConfigNode.Scalar item :
        section.value(key).map(v -> section.strings(v, key)).orElse(List.of())) {
      String text = item.text();
      if (text.indexOf('\0') >= 0) {
        section.report(item.position(), "an item of %s has a zero byte".formatted(key));
        continue;
      }
      try {
        paths.add(text.isEmpty() ? "" : asWritten(text, section.resolve(text)));
      } catch (InvalidPathException e) {
        section.report(item.position(), noPath("an item of " + key, e));
      }
    }
    return paths;
  }

  private static Setting texts(List<String> texts, boolean flow) {
    return new Setting.Items(texts.stream().<Setting>map(Setting.Text::new).toList(), flow);
  }

  private static Setting secrets(Section section, List<ConfigNode> items, String key) {
    List<Setting> secrets = new ArrayList<>();
    for (ConfigNode item : items) {
      section
          .secret(item, "an item of " + key)
          .ifPresent(secret -> secrets.add(new Setting.Hidden(secret)));
    }
    return new Setting.Items(secrets, false);
  }

  private static Setting names(
      String key, Section section, BiFunction<Section, ConfigNode.Entry, Setting> value) {
    TreeMap<String, Setting> names = new TreeMap<>();
    for (ConfigNode.Entry entry : section.mapping(key)) {
      names.put(entry.key(), value.apply(section, entry));
    }
    return new Setting.Names(names);
  }

  private static String mapValue(String key, Section section, ConfigNode.Entry entry) {
    return entry.value().isNull()
        ? ""
        : section
            .scalar(entry.value(), "%s in %s".formatted(entry.key(), key), "a string")
            .map(ConfigNode.Scalar::text)
            .orElse("");
  }

  private static Setting label(String key, Section section, ConfigNode.Entry entry) {
    if (entry.key().isEmpty()) {
      section.report(entry.position(), "a label name in %s is empty".formatted(key));
    }
    return new Setting.Text(
        entry.value().isNull()
            ? ""
            : section
                .scalar(entry.value(), "label %s in %s".formatted(entry.key(), key), "a string")
                .map(ConfigNode.Scalar::text)
                .orElse(""));
  }

  private static Setting list(String key, Section section, ConfigNode.Entry entry) {
    return texts(
        entry.value().isNull()
            ? List.of()
            : section.strings(entry.value(), key + "." + entry.key()).stream()
                .map(ConfigNode.Scalar::text)
                .toList(),
        false);
  }

  private static Setting secretList(Section section, ConfigNode.Entry entry) {
    return entry.value().isNull()
        ? new Setting.Items(List.of(), false)
        : secrets(section, section.items(entry.value(), entry.key()), entry.key());
  }

  private Setting headers(String key, Section section) {
    return names(
        key,
        section,
        (s, entry) ->
            new Setting.Group(
                structs.child("http_header", s.section(key + "." + entry.key(), entry.value())),
                true));
  }

  private Settings struct(Field field, Section section) {
    Section child =
        section
            .section(field.key())
            .orElseGet(() -> section.section(section.within(field.key()), ConfigNode.nothing()));
    return structs.child(field.detail(), child);
  }

  private Setting list(Field field, Section section) {
    List<Setting> items = new ArrayList<>();
    for (Section item : structs.items(section, field.key())) {
      items.add(new Setting.Group(structs.child(field.detail(), item), true));
    }
    return new Setting.Items(items, false);
  }
}
