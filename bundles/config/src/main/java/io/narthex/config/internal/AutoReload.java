package io.narthex.config.internal;

import io.narthex.api.config.ConfigurationReload;
import io.narthex.api.flags.ServerFlags;
import io.narthex.api.scope.BundleScope;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reloads the configuration when its files change, if {@code --config.auto-reload} is on. A file
 * that became unreadable or wrong is a change as well, so that the status turns bad.
 */
@Component(
    immediate = true,
    service = {})
public final class AutoReload {
  private static final Logger logger = LoggerFactory.getLogger(AutoReload.class);

  private final ConfigurationReload reload;
  private final WatchedFiles files;

  /** Begins to watch. */
  @Activate
  public AutoReload(
      @Reference ServerFlags flags,
      @Reference ConfigurationReload reload,
      @Reference WatchedFiles files,
      @Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED) BundleScope scope) {
    this.reload = reload;
    this.files = files;
    if (files.any()) {
      long interval = Math.max(1, flags.duration("config.auto-reload-interval").toMillis());
      logger.atInfo().addKeyValue("interval_ms", interval).log("the configuration is watched");
      var unused =
          scope
              .scheduler("auto-reload")
              .scheduleWithFixedDelay(this::check, interval, interval, TimeUnit.MILLISECONDS);
    }
  }

  /** Looks at the files; called by one thread at a time. */
  void check() {
    try {
      files.changed().ifPresent(this::reload);
    } catch (RuntimeException e) {
      // The scheduler would never call again.
      logger.error("could not look for changes of the configuration, looking again later", e);
    }
  }

  private void reload(String checksum) {
    logger.info("a configuration file has changed, reloading the configuration");
    var unused = reload.reload();
    files.note(checksum);
  }
}
