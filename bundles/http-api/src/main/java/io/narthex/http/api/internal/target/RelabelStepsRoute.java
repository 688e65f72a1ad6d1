package io.narthex.http.api.internal.target;

import com.fasterxml.jackson.core.JsonGenerator;
import io.narthex.api.config.CurrentConfiguration;
import io.narthex.api.config.ScrapeConfig;
import io.narthex.api.model.Labels;
import io.narthex.api.relabel.RelabelRule;
import io.narthex.api.relabel.Relabelling;
import io.narthex.http.api.internal.answer.BackgroundReads;
import io.narthex.http.api.internal.answer.ErrorType;
import io.narthex.http.api.internal.answer.RefusedException;
import io.narthex.http.api.internal.json.ChunkedBody;
import io.narthex.http.api.internal.json.DataBody;
import io.narthex.http.api.internal.json.JsonLabels;
import io.narthex.http.api.internal.request.BadParameterException;
import io.narthex.http.api.internal.request.GoQuote;
import io.narthex.http.api.internal.request.LabelsText;
import io.narthex.http.api.internal.request.Parameters;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /targets/relabel_steps}: what each rule of a pool makes of given labels. */
public final class RelabelStepsRoute {
  static final String NO_RELABELLING =
      "the rules cannot be applied: bundle io.narthex.relabel is not active";

  private final Supplier<@Nullable Relabelling> relabelling;
  private final CurrentConfiguration configuration;
  private final ScrapePools pools;
  private final BackgroundReads reads;

  /** The route. */
  public RelabelStepsRoute(
      Supplier<@Nullable Relabelling> relabelling,
      CurrentConfiguration configuration,
      ScrapePools pools,
      BackgroundReads reads) {
    this.relabelling = relabelling;
    this.configuration = configuration;
    this.pools = pools;
    this.reads = reads;
  }

  /** Answers. */
  public void handle(RoutingContext context) {
    String query = context.request().query();
    Parameters parameters = Parameters.of("", query == null ? "" : query);
    reads.answer(context, () -> read(parameters));
  }

  private ChunkedBody read(Parameters parameters) throws RefusedException, BadParameterException {
    String pool = required(parameters, "scrapePool");
    Labels labels = LabelsText.read(required(parameters, "labels"));
    List<Step> steps = steps(rules(pool), labels);
    return new DataBody(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("steps");
          for (Step step : steps) {
            write(json, step);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static String required(Parameters parameters, String name) throws BadParameterException {
    String value = parameters.get(name);
    if (value.isEmpty()) {
      throw new BadParameterException("no %s parameter provided".formatted(name));
    }
    return value;
  }

  private List<RelabelRule> rules(String pool) throws BadParameterException {
    List<ScrapeConfig> configured =
        configuration.get().map(config -> config.scrapeConfigs()).orElse(List.of());
    for (ScrapeConfig scrape : configured) {
      if (scrape.jobName().equals(pool)) {
        return scrape.relabelRules();
      }
    }
    if (pools.byName().containsKey(pool)) {
      return List.of();
    }
    throw new BadParameterException(
        "error retrieving scrape config: scrape pool %s not found".formatted(GoQuote.quote(pool)));
  }

  /** What a rule left of the labels; null: it or one before it dropped them. */
  private record Step(RelabelRule rule, @Nullable Labels output) {}

  private List<Step> steps(List<RelabelRule> rules, Labels labels) throws RefusedException {
    Relabelling current = relabelling.get();
    if (current == null) {
      throw new RefusedException(ErrorType.UNAVAILABLE, NO_RELABELLING);
    }
    List<Step> steps = new ArrayList<>(rules.size());
    Labels left = labels;
    for (RelabelRule rule : rules) {
      left = left == null ? null : current.compile(List.of(rule)).apply(left);
      steps.add(new Step(rule, left));
    }
    return steps;
  }

  private static void write(JsonGenerator json, Step step) throws IOException {
    json.writeStartObject();
    json.writeFieldName("rule");
    write(json, step.rule());
    Labels output = step.output();
    JsonLabels.writeField(json, "output", output == null ? Labels.EMPTY : output);
    json.writeBooleanField("keep", output != null);
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, RelabelRule rule) throws IOException {
    json.writeStartObject();
    if (!rule.sourceLabels().isEmpty()) {
      json.writeArrayFieldStart("source_labels");
      for (String name : rule.sourceLabels()) {
        json.writeString(name);
      }
      json.writeEndArray();
    }
    json.writeStringField("separator", rule.separator());
    json.writeStringField("regex", rule.regex());
    if (rule.modulus() != 0) {
      json.writeFieldName("modulus");
      json.writeNumber(Long.toUnsignedString(rule.modulus()));
    }
    if (!rule.targetLabel().isEmpty()) {
      json.writeStringField("target_label", rule.targetLabel());
    }
    json.writeStringField("replacement", rule.replacement());
    json.writeStringField("action", rule.action().name().toLowerCase(Locale.ROOT));
    json.writeEndObject();
  }
}
