package io.narthex.runtime.internal.process;

import io.narthex.api.flags.ServerFlags;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * The command line as the launcher passes it on: framework properties {@code narthex.flag.<name>},
 * values by line.
 */
@Component
public final class FrameworkFlags implements ServerFlags {
  private final BundleContext context;
  private final Set<String> declared;

  /** Reads which flags there are. */
  @Activate
  public FrameworkFlags(BundleContext context) {
    this.context = context;
    this.declared = Set.of(property("narthex.flags.declared").split("\n"));
  }

  @Override
  public String get(String name) {
    return find(name)
        .orElseThrow(() -> new IllegalArgumentException("flag --%s has no value".formatted(name)));
  }

  @Override
  public Optional<String> find(String name) {
    List<String> all = all(name);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  @Override
  public List<String> all(String name) {
    if (!declared.contains(name)) {
      throw new IllegalArgumentException("there is no flag --%s".formatted(name));
    }
    String value = context.getProperty("narthex.flag." + name);
    return value == null || value.isEmpty() ? List.of() : List.of(value.split("\n"));
  }

  @Override
  public boolean isOn(String name) {
    return Boolean.parseBoolean(get(name));
  }

  @Override
  public SortedMap<String, String> listing() {
    SortedMap<String, String> listing = new TreeMap<>();
    declared.forEach(name -> listing.put(name, String.join(",", all(name))));
    return listing;
  }

  @Override
  public Path dataDirectory() {
    return Path.of(property("narthex.data"));
  }

  @Override
  public Path home() {
    return Path.of(property("narthex.home"));
  }

  @Override
  public String narthexVersion() {
    return property("narthex.version");
  }

  @Override
  public String upstreamVersion() {
    return property("narthex.upstream.version");
  }

  private String property(String key) {
    String value = context.getProperty(key);
    if (value == null) {
      throw new IllegalStateException("the launcher did not set the framework property " + key);
    }
    return value;
  }
}
