package io.narthex.config.internal;

import io.narthex.api.config.ConfigurationReload;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reloads the configuration when the process gets SIGHUP; the launcher calls it then. */
@Component(service = Runnable.class, property = "narthex.signal=HUP")
public final class HangupSignal implements Runnable {
  private static final Logger logger = LoggerFactory.getLogger(HangupSignal.class);

  private final ConfigurationReload reload;

  /** Reloads by the given service. */
  @Activate
  public HangupSignal(@Reference ConfigurationReload reload) {
    this.reload = reload;
  }

  @Override
  public void run() {
    logger.info("SIGHUP received, reloading the configuration");
    var unused = reload.reload();
  }
}
