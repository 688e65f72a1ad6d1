package io.narthex.discovery.file.internal;

import io.narthex.api.scope.BundleScope;
import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Section;
import io.narthex.api.time.Clock;
import io.narthex.discovery.file.internal.glob.FilePattern;
import io.narthex.discovery.file.internal.watch.FolderWatch;
import io.narthex.spi.discovery.Discovery;
import io.narthex.spi.discovery.DiscoveryFactory;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceScope;

/** Reads {@code file_sd_configs}. All its discoveries share a thread, and one for the watch. */
@Component(
    immediate = true,
    service = DiscoveryFactory.class,
    property = DiscoveryFactory.MECHANISM + "=file")
public final class FileDiscoveryFactory implements DiscoveryFactory {
  private static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(5);

  /** Upstream's rule: a star only in the last part, and an ending in one case. */
  private static final Pattern ALLOWED =
      Pattern.compile("[^*]*(\\*[^/]*)?\\.(json|yml|yaml|JSON|YML|YAML)", Pattern.DOTALL);

  private final Clock clock;
  private final FileMetrics metrics;
  private final FolderWatch watch;
  private final ScheduledExecutorService scheduler;

  /** Registers the metrics; threads begin with the first discovery. */
  @Activate
  public FileDiscoveryFactory(
      @Reference Clock clock,
      @Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED) BundleScope scope) {
    this.clock = clock;
    this.metrics = new FileMetrics(scope.metrics());
    this.scheduler = scope.scheduler("refresh");
    this.watch = new FolderWatch(scope, metrics::watchFailed);
  }

  @Override
  public Discovery create(Section section) {
    List<FilePattern> patterns = patterns(section);
    Duration interval = section.duration("refresh_interval").orElse(DEFAULT_INTERVAL);
    return new FileDiscovery(patterns, interval, scheduler, watch, metrics, clock);
  }

  /** How many discoveries the watch serves. */
  int watched() {
    return watch.size();
  }

  private static List<FilePattern> patterns(Section section) {
    List<FilePattern> patterns = new ArrayList<>();
    ConfigNode value = section.value("files").orElse(ConfigNode.nothing());
    if (value.isNull() || value instanceof ConfigNode.Sequence list && list.items().isEmpty()) {
      section.report(
          section.position("files"),
          "files in %s is missing or empty; it must be a list of at least one path such as targets/*.yml"
              .formatted(section.name()));
      return patterns;
    }
    for (ConfigNode.Scalar text : section.strings(value, "files")) {
      if (ALLOWED.matcher(text.text()).matches() && text.text().indexOf('\0') < 0) {
        patterns.add(new FilePattern(resolve(section, text.text())));
      } else {
        section.report(
            text.position(),
            "%s is no path of target files; it must end in .json, .yml or .yaml, and may have \"*\" only after the last \"/\""
                .formatted(text.kind()));
      }
    }
    return patterns;
  }

  /** An absolute path stays as it is written, as upstream has it. */
  private static String resolve(Section section, String text) {
    if (text.startsWith("/")) {
      return text;
    }
    try {
      return section.resolve(text).toString();
    } catch (InvalidPathException e) {
      // The locale cannot write this name; see FileNames.
      Path folder = section.directory();
      return folder.toString().isEmpty() ? text : folder + "/" + text;
    }
  }
}
