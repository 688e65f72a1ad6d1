package io.narthex.scrape.internal.loop;

import io.narthex.api.target.Target;
import io.narthex.scrape.internal.fetch.TargetFetcher;
import io.narthex.scrape.internal.record.SeriesRules;

/**
 * What a loop is to scrape, and how.
 *
 * @param rules what is done with what the target exposes
 * @param fetcher belongs to the loop from then on
 * @param refusal why nothing is to be fetched, as the error of each scrape; {@code ""}: it is
 */
public record Assignment(Target target, SeriesRules rules, TargetFetcher fetcher, String refusal) {
  /** The same terms for a target about which other things were discovered. */
  Assignment describing(Target same) {
    return new Assignment(same, rules, fetcher, refusal);
  }
}
