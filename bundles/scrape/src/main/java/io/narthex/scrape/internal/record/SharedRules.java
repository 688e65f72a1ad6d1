package io.narthex.scrape.internal.record;

import io.narthex.api.config.ScrapeOptions;
import io.narthex.api.relabel.Relabelling;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Makes the rules of each job once, for all of its targets. May be used from any thread. */
public final class SharedRules {
  private final Relabelling relabelling;
  private final Map<ScrapeOptions, SeriesRules> rules = new HashMap<>();

  /** None yet. */
  public SharedRules(Relabelling relabelling) {
    this.relabelling = relabelling;
  }

  /** The rules for these options. */
  public synchronized SeriesRules of(ScrapeOptions options) {
    return rules.computeIfAbsent(options, o -> SeriesRules.of(o, relabelling));
  }

  /** Forgets those of options that no target has any more. */
  public synchronized void retain(Collection<ScrapeOptions> inUse) {
    rules.keySet().retainAll(inUse);
  }
}
