package io.narthex.http.api.internal.target;

import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.model.Utf8Order;
import io.narthex.api.query.SelectorParser;
import io.narthex.api.target.MetricMetadata;
import io.narthex.api.target.ScrapedTargets;
import io.narthex.api.target.TargetMetadata;
import io.narthex.http.api.internal.answer.BackgroundReads;
import io.narthex.http.api.internal.answer.ErrorType;
import io.narthex.http.api.internal.answer.RefusedException;
import io.narthex.http.api.internal.json.ChunkedBody;
import io.narthex.http.api.internal.json.JsonLabels;
import io.narthex.http.api.internal.json.ListBody;
import io.narthex.http.api.internal.json.MetadataBody;
import io.narthex.http.api.internal.request.BadParameterException;
import io.narthex.http.api.internal.request.LabelMatch;
import io.narthex.http.api.internal.request.MetadataRequest;
import io.narthex.http.api.internal.request.Parameters;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What targets say about their metrics: {@code /metadata} and {@code /targets/metadata}. */
public final class MetadataRoutes {
  static final String NO_PARSER =
      "match_target cannot be read: bundle io.narthex.promql is not active";

  private final Supplier<@Nullable ScrapedTargets> targets;
  private final Supplier<@Nullable SelectorParser> parser;
  private final BackgroundReads reads;

  /** The routes. */
  public MetadataRoutes(
      Supplier<@Nullable ScrapedTargets> targets,
      Supplier<@Nullable SelectorParser> parser,
      BackgroundReads reads) {
    this.targets = targets;
    this.parser = parser;
    this.reads = reads;
  }

  /** Answers {@code /metadata}. */
  public void byMetric(RoutingContext context) {
    Parameters parameters = parameters(context);
    reads.answer(context, () -> byMetric(MetadataRequest.of(parameters)));
  }

  /** Answers {@code /targets/metadata}. */
  public void byTarget(RoutingContext context) {
    Parameters parameters = parameters(context);
    reads.answer(context, () -> byTarget(MetadataRequest.ofTargets(parameters)));
  }

  private static Parameters parameters(RoutingContext context) {
    String query = context.request().query();
    return Parameters.of("", query == null ? "" : query);
  }

  private ChunkedBody byMetric(MetadataRequest request) throws RefusedException {
    TreeMap<String, Set<MetricMetadata>> families = new TreeMap<>(Utf8Order.COMPARATOR);
    for (TargetMetadata target : current()) {
      for (MetricMetadata metadata : target.families()) {
        if (!request.metric().isEmpty() && !request.metric().equals(metadata.family())) {
          continue;
        }
        Set<MetricMetadata> said =
            families.computeIfAbsent(metadata.family(), ignored -> new LinkedHashSet<>(2));
        if (request.limitPerMetric() <= 0 || said.size() < request.limitPerMetric()) {
          said.add(metadata);
        }
      }
    }
    while (request.limit() >= 0 && families.size() > request.limit()) {
      families.pollLastEntry();
    }
    return new MetadataBody(families);
  }

  private ChunkedBody byTarget(MetadataRequest request)
      throws RefusedException, BadParameterException {
    Predicate<Labels> wanted = wanted(request.matchTarget());
    List<Said> found = new ArrayList<>();
    for (TargetMetadata target : current()) {
      // As upstream has it, a target's families are never cut in two.
      if (request.limit() >= 0 && found.size() >= request.limit()) {
        break;
      }
      Labels labels = target.target().labels();
      if (!wanted.test(labels)) {
        continue;
      }
      for (MetricMetadata metadata : target.families()) {
        if (request.metric().isEmpty()) {
          found.add(new Said(labels, metadata.family(), metadata));
        } else if (request.metric().equals(metadata.family())) {
          found.add(new Said(labels, "", metadata));
        }
      }
    }
    return ListBody.of(found, MetadataRoutes::write);
  }

  /**
   * What a target says about a family.
   *
   * @param shown the family's name, or {@code ""} if it was asked for by name: upstream leaves it
   *     out then
   */
  private record Said(Labels target, String shown, MetricMetadata metadata) {}

  private static void write(JsonGenerator json, Said said) throws IOException {
    json.writeStartObject();
    JsonLabels.writeField(json, "target", said.target());
    if (!said.shown().isEmpty()) {
      json.writeStringField("metric", said.shown());
    }
    json.writeStringField("type", said.metadata().type());
    json.writeStringField("help", said.metadata().help());
    json.writeStringField("unit", said.metadata().unit());
    json.writeEndObject();
  }

  private List<TargetMetadata> current() throws RefusedException {
    ScrapedTargets current = targets.get();
    if (current == null) {
      throw new RefusedException(ErrorType.UNAVAILABLE, TargetsRoute.NO_TARGETS);
    }
    return current.metadata();
  }

  private Predicate<Labels> wanted(String selector) throws RefusedException, BadParameterException {
    if (selector.isEmpty()) {
      return ignored -> true;
    }
    SelectorParser current = parser.get();
    if (current == null) {
      throw new RefusedException(ErrorType.UNAVAILABLE, NO_PARSER);
    }
    try {
      return LabelMatch.all(current.parse(selector));
    } catch (NarthexException e) {
      throw new BadParameterException("invalid parameter \"match_target\": " + e.getMessage());
    }
  }
}
