package io.narthex.http.api.internal;

import io.narthex.api.target.ScrapedTarget;
import io.narthex.api.target.ScrapedTargets;
import io.narthex.api.target.Target;
import io.narthex.api.target.TargetEndpoint;
import io.narthex.api.time.DurationSyntax;
import io.narthex.http.api.internal.answer.Answers;
import io.narthex.http.api.internal.answer.ErrorType;
import io.narthex.http.api.internal.json.TargetsBody;
import io.narthex.http.api.internal.request.Parameters;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /targets}, with upstream's {@code state} and {@code scrapePool}. */
final class TargetsRoute {
  static final String NO_TARGETS =
      "the targets are not there: bundle io.narthex.scrape is not active";

  private final Supplier<@Nullable ScrapedTargets> targets;
  private final GlobalUrls globalUrls;
  private final Answers answers;

  TargetsRoute(Supplier<@Nullable ScrapedTargets> targets, GlobalUrls globalUrls, Answers answers) {
    this.targets = targets;
    this.globalUrls = globalUrls;
    this.answers = answers;
  }

  void handle(RoutingContext context) {
    ScrapedTargets current = targets.get();
    if (current == null) {
      answers.error(context, ErrorType.UNAVAILABLE, NO_TARGETS);
      return;
    }
    String query = context.request().query();
    Parameters parameters = Parameters.of("", query == null ? "" : query);
    String pool = parameters.get("scrapePool");
    String state = parameters.get("state").toLowerCase(Locale.ROOT);
    boolean any = state.isEmpty() || state.equals("any");
    List<ScrapedTarget> all = current.list();
    List<TargetsBody.Entry> active = new ArrayList<>();
    if (any || state.equals("active")) {
      all.stream()
          .filter(target -> pool.isEmpty() || pool.equals(target.target().pool()))
          .forEach(target -> active.add(entry(target)));
    }
    List<String> pools = all.stream().map(target -> target.target().pool()).distinct().toList();
    boolean wanted = any || state.equals("dropped");
    answers.success(context, new TargetsBody(active, new TargetsBody.DroppedCounts(wanted, pools)));
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
}
