package io.narthex.rules.internal.fake;

import io.narthex.api.flags.ServerFlags;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Flags with given values; those that are not given are not declared. */
public record FakeFlags(Map<String, String> values) implements ServerFlags {
  /** The flags of rules with their defaults. */
  public static final FakeFlags DEFAULT =
      new FakeFlags(
          Map.of(
              "web.listen-address", "0.0.0.0:9090",
              "rules.alert.for-outage-tolerance", "1h",
              "rules.alert.for-grace-period", "10m",
              "rules.alert.resend-delay", "1m",
              "rules.max-concurrent-evals", "4"));

  @Override
  public String get(String name) {
    return find(name).orElseThrow(() -> new IllegalArgumentException("no flag " + name));
  }

  @Override
  public Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name));
  }

  @Override
  public List<String> all(String name) {
    return List.of(get(name));
  }

  @Override
  public boolean isOn(String name) {
    return Boolean.parseBoolean(get(name));
  }

  @Override
  public SortedMap<String, String> listing() {
    return new TreeMap<>(values);
  }

  @Override
  public Path dataDirectory() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Path home() {
    throw new UnsupportedOperationException();
  }

  @Override
  public String narthexVersion() {
    return "0.1.0";
  }

  @Override
  public String upstreamVersion() {
    return "3.14.0";
  }
}
