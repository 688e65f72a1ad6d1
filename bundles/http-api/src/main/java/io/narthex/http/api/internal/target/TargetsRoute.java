package io.narthex.http.api.internal.target;

import io.narthex.api.target.ScrapedTarget;
import io.narthex.api.target.ScrapedTargets;
import io.narthex.api.target.Target;
import io.narthex.api.target.TargetEndpoint;
import io.narthex.api.target.TargetPool;
import io.narthex.api.time.DurationSyntax;
import io.narthex.http.api.internal.answer.BackgroundReads;
import io.narthex.http.api.internal.answer.ErrorType;
import io.narthex.http.api.internal.answer.RefusedException;
import io.narthex.http.api.internal.json.DataBody;
import io.narthex.http.api.internal.json.TargetsBody;
import io.narthex.http.api.internal.request.Parameters;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /targets}, with upstream's {@code state} and {@code scrapePool}, and the pools' names. */
public final class TargetsRoute {
  static final String NO_TARGETS =
      "the targets are not there: bundle io.narthex.scrape is not active";

  private final Supplier<@Nullable ScrapedTargets> targets;
  private final ScrapePools pools;
  private final GlobalUrls globalUrls;
  private final BackgroundReads reads;

  /** The routes; {@code hostName} is the server's name as others know it. */
  public TargetsRoute(
      Supplier<@Nullable ScrapedTargets> targets,
      ScrapePools pools,
      String hostName,
      BackgroundReads reads) {
    this.targets = targets;
    this.pools = pools;
    this.globalUrls = new GlobalUrls(hostName);
    this.reads = reads;
  }

  /** Answers {@code /scrape_pools}. */
  public void pools(RoutingContext context) {
    reads.answer(
        context,
        () -> {
          Set<String> names = pools.byName().keySet();
          return new DataBody(
              json -> {
                json.writeStartObject();
                json.writeArrayFieldStart("scrapePools");
                for (String name : names) {
                  json.writeString(name);
                }
                json.writeEndArray();
                json.writeEndObject();
              });
        });
  }

  /** Answers {@code /targets}. */
  public void targets(RoutingContext context) {
    String query = context.request().query();
    Parameters parameters = Parameters.of("", query == null ? "" : query);
    String pool = parameters.get("scrapePool");
    String state = parameters.get("state").toLowerCase(Locale.ROOT);
    boolean any = state.isEmpty() || state.equals("any");
    reads.answer(
        context,
        () -> {
          List<TargetsBody.Entry> active = active(pool);
          return new TargetsBody(
              any || state.equals("active") ? active : List.of(),
              any || state.equals("dropped") ? dropped(pool) : null);
        });
  }

  /** The targets that are scraped, of one pool or, with {@code ""}, of all. */
  private List<TargetsBody.Entry> active(String pool) throws RefusedException {
    ScrapedTargets current = targets.get();
    if (current == null) {
      throw new RefusedException(ErrorType.UNAVAILABLE, NO_TARGETS);
    }
    return current.list().stream()
        .filter(target -> pool.isEmpty() || pool.equals(target.target().pool()))
        .map(this::entry)
        .toList();
  }

  private TargetsBody.Entry entry(ScrapedTarget scraped) {
    Target target = scraped.target();
    String url = url(target);
    return new TargetsBody.Entry(
        target.discoveredLabels(),
        target.labels(),
        target.pool(),
        url,
        globalUrls.of(url),
        scraped.lastError(),
        scraped.lastScrapeMillis(),
        scraped.lastDurationSeconds(),
        scraped.health().name().toLowerCase(Locale.ROOT),
        DurationSyntax.format(target.interval()),
        DurationSyntax.format(target.timeout()));
  }

  /**
   * Where the target's metrics can be read; for one inside the process that is our own page of
   * them.
   */
  private static String url(Target target) {
    return switch (target.endpoint()) {
      case TargetEndpoint.Http(URI url) -> url.toString();
      case TargetEndpoint.InProcess(String exporter) ->
          "http://%s/exporters/%s/metrics".formatted(target.labels().get("instance"), exporter);
    };
  }

  /** The targets that relabelling dropped; the counts are of all pools, as upstream has it. */
  private TargetsBody.Dropped dropped(String wanted) {
    SortedMap<String, List<TargetPool>> byName = pools.byName();
    SortedMap<String, Integer> counts = new TreeMap<>(byName.comparator());
    List<TargetsBody.DroppedTarget> shown = new ArrayList<>();
    byName.forEach(
        (name, published) -> {
          counts.put(name, published.stream().mapToInt(TargetPool::droppedCount).sum());
          if (wanted.isEmpty() || wanted.equals(name)) {
            for (TargetPool pool : published) {
              pool.dropped()
                  .forEach(labels -> shown.add(new TargetsBody.DroppedTarget(labels, name)));
            }
          }
        });
    return new TargetsBody.Dropped(shown, counts);
  }
}
