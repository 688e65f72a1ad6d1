package io.narthex.scrape.internal.plain;

import io.narthex.api.target.Target;
import io.narthex.scrape.internal.fetch.ByteSinks;
import io.narthex.scrape.internal.fetch.TargetFetcher;
import io.narthex.scrape.internal.thread.ScrapeThread;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Makes the fetchers of targets that are read plainly. */
public final class PlainTransport {
  private final Addresses addresses;
  private final ByteSinks sinks;

  /** A transport. */
  public PlainTransport(Addresses addresses, ByteSinks sinks) {
    this.addresses = addresses;
    this.sinks = sinks;
  }

  /**
   * The fetcher of a target.
   *
   * @param headers what each of its scrapes sends besides what the configuration says
   * @return empty if its request cannot be written; another transport then says why
   */
  public Optional<TargetFetcher> fetcher(
      Target target, URI url, Map<String, String> headers, ScrapeThread thread) {
    try {
      byte[] request = RequestText.of(url, headers, target.options().http());
      return Optional.of(
          new PlainFetcher(
              thread,
              addresses,
              sinks,
              url,
              new PlainFetcher.Limits(target.timeout(), target.options().limits().bodySize()),
              target.options().http().followRedirects(),
              request));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
