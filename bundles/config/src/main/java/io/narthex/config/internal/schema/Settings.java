package io.narthex.config.internal.schema;

import io.narthex.api.http.HttpClientConfig;
import io.narthex.api.section.Section;
import io.narthex.api.yaml.YamlValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A mapping of the configuration as it was read: a value for each key, with defaults. Values may be
 * replaced by what they become, for example by what is inherited.
 */
public final class Settings {
  private final Struct struct;
  private final Section section;
  private final Map<String, Setting> values = new LinkedHashMap<>();
  private final SortedMap<String, List<Settings>> discoveries = new TreeMap<>();
  private HttpClientConfig http = HttpClientConfig.DEFAULT;

  Settings(Struct struct, Section section) {
    this.struct = struct;
    this.section = section;
  }

  /** Where it stands; problems are reported there. */
  public Section section() {
    return section;
  }

  Struct struct() {
    return struct;
  }

  /** The value of a key. */
  public Setting get(String key) {
    return Objects.requireNonNull(values.get(key), key);
  }

  /** Replaces the value of a key. */
  public void set(String key, Setting value) {
    values.put(key, value);
  }

  /** A text, a path, a URL or a regex. */
  public String text(String key) {
    return switch (get(key)) {
      case Setting.Text text -> text.text();
      case Setting.Given given -> given.text();
      case Setting.Url url -> url.text();
      case Setting.Hidden hidden -> hidden.secret().reveal();
      default -> "";
    };
  }

  /** True or false. */
  public boolean flag(String key) {
    return get(key) instanceof Setting.Flag flag && flag.on();
  }

  /** A whole number, or a number of bytes; the largest there is in the place of a larger one. */
  public long number(String key) {
    return switch (get(key)) {
      case Setting.Whole whole -> whole.number();
      case Setting.Count count -> count.bits() < 0 ? Long.MAX_VALUE : count.bits();
      case Setting.Size size -> size.bytes() < 0 ? Long.MAX_VALUE : size.bytes();
      default -> 0;
    };
  }

  /** The 64 bits of a whole number that is not negative. */
  public long unsigned(String key) {
    return get(key) instanceof Setting.Count count ? count.bits() : 0;
  }

  /** A number. */
  public double decimal(String key) {
    return get(key) instanceof Setting.Decimal decimal ? decimal.number() : 0;
  }

  /** A duration. */
  public Duration duration(String key) {
    return get(key) instanceof Setting.Time time ? time.duration() : Duration.ZERO;
  }

  /** A list of texts. */
  public List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    if (get(key) instanceof Setting.Items items) {
      for (Setting item : items.items()) {
        texts.add(item instanceof Setting.Text text ? text.text() : "");
      }
    }
    return texts;
  }

  /** Values by name. */
  public SortedMap<String, Setting> names(String key) {
    return get(key) instanceof Setting.Names names ? names.values() : new TreeMap<>();
  }

  /** Texts by name. */
  public SortedMap<String, String> textsByName(String key) {
    SortedMap<String, String> texts = new TreeMap<>();
    names(key)
        .forEach((name, value) -> texts.put(name, value instanceof Setting.Text t ? t.text() : ""));
    return texts;
  }

  /** A mapping, if there is one. */
  public Optional<Settings> child(String key) {
    return get(key) instanceof Setting.Group group
        ? Optional.of(group.settings())
        : Optional.empty();
  }

  /** A list of mappings; those that are none are left out. */
  public List<Settings> children(String key) {
    List<Settings> children = new ArrayList<>();
    if (get(key) instanceof Setting.Items items) {
      for (Setting item : items.items()) {
        if (item instanceof Setting.Group group) {
          children.add(group.settings());
        }
      }
    }
    return children;
  }

  /** Whether the key has a value other than zero; defaults count. */
  public boolean has(String key) {
    return !get(key).isZero();
  }

  /** The HTTP client that its keys describe. */
  public HttpClientConfig http() {
    return http;
  }

  void http(HttpClientConfig config) {
    this.http = config;
  }

  /** The entries of {@code static_configs} and each {@code <mechanism>_sd_configs}, by key. */
  public SortedMap<String, List<Settings>> discoveries() {
    return discoveries;
  }

  boolean isZero() {
    return values.values().stream().allMatch(Setting::isZero);
  }

  /** As it is shown to people. */
  public YamlValue shown() {
    Map<String, YamlValue> shown = new LinkedHashMap<>();
    for (Field field : struct.fields()) {
      Setting value = get(field.key());
      if (!field.omittable() || !value.isZero()) {
        shown.put(field.key(), value.shown());
      }
    }
    discoveries.forEach(
        (key, entries) ->
            shown.put(
                key, new YamlValue.Listing(entries.stream().map(Settings::shown).toList(), false)));
    return new YamlValue.Mapping(shown);
  }
}
