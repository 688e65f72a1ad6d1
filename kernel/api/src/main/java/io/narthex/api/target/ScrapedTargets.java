package io.narthex.api.target;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The targets that are being scraped, as the scrape bundle sees them. May be called from any
 * thread.
 */
@ProviderType
public interface ScrapedTargets {
  /** All of them, sorted by pool, then labels. */
  List<ScrapedTarget> list();

  /** What they say about their metric families, in the same order. */
  List<TargetMetadata> metadata();
}
