package io.narthex.http.api.internal;

import io.narthex.api.model.Labels;
import io.narthex.api.model.Matcher;
import io.narthex.api.query.SelectorParser;
import io.narthex.api.rules.ActiveAlert;
import io.narthex.api.rules.Rule;
import io.narthex.api.rules.RuleGroup;
import io.narthex.api.rules.RuleGroups;
import io.narthex.http.api.internal.answer.BackgroundReads;
import io.narthex.http.api.internal.answer.ErrorType;
import io.narthex.http.api.internal.answer.RefusedException;
import io.narthex.http.api.internal.json.AlertsBody;
import io.narthex.http.api.internal.json.ChunkedBody;
import io.narthex.http.api.internal.json.RulesBody;
import io.narthex.http.api.internal.request.BadParameterException;
import io.narthex.http.api.internal.request.LabelMatch;
import io.narthex.http.api.internal.request.Parameters;
import io.narthex.http.api.internal.request.RulesRequest;
import io.narthex.http.api.internal.request.SeriesRequest;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /rules} and {@code /alerts}. */
final class RuleRoutes {
  static final String NO_RULES = "the rules are not there: bundle io.narthex.rules is not active";

  private final Supplier<@Nullable RuleGroups> rules;
  private final Supplier<@Nullable SelectorParser> parser;
  private final BackgroundReads reads;

  RuleRoutes(
      Supplier<@Nullable RuleGroups> rules,
      Supplier<@Nullable SelectorParser> parser,
      BackgroundReads reads) {
    this.rules = rules;
    this.parser = parser;
    this.reads = reads;
  }

  void rules(RoutingContext context) {
    String query = context.request().query();
    Parameters parameters = Parameters.of("", query == null ? "" : query);
    reads.answer(context, () -> rules(parameters));
  }

  void alerts(RoutingContext context) {
    reads.answer(
        context,
        () -> {
          List<ActiveAlert> alerts = new ArrayList<>();
          for (RuleGroup group : groups()) {
            for (Rule rule : group.rules()) {
              if (rule instanceof Rule.Alerting alerting) {
                alerts.addAll(alerting.alerts());
              }
            }
          }
          return AlertsBody.of(alerts);
        });
  }

  private List<RuleGroup> groups() throws RefusedException {
    RuleGroups current = rules.get();
    if (current == null) {
      throw new RefusedException(ErrorType.UNAVAILABLE, NO_RULES);
    }
    return current.groups();
  }

  private ChunkedBody rules(Parameters parameters) throws RefusedException, BadParameterException {
    RulesRequest.requireReadable(parameters);
    Predicate<Labels> labels = labels(parameters.all(SeriesRequest.MATCH));
    RulesRequest request = RulesRequest.of(parameters);
    List<RuleGroup> page = new ArrayList<>();
    Optional<String> next = Optional.empty();
    for (RuleGroup group : from(groups(), request)) {
      RuleGroup shown = filtered(group, request, labels);
      if (shown.rules().isEmpty()) {
        continue;
      }
      if (request.groupLimit() > 0 && page.size() == request.groupLimit()) {
        next = Optional.of(token(group));
        break;
      }
      page.add(shown);
    }
    return RulesBody.of(page, request.withAlerts(), next);
  }

  /** The groups from the one that the token names on. */
  private static List<RuleGroup> from(List<RuleGroup> groups, RulesRequest request)
      throws BadParameterException {
    if (request.nextToken().isEmpty()) {
      return groups;
    }
    for (int i = 0; i < groups.size(); i++) {
      if (request.nextToken().equals(token(groups.get(i)))) {
        return groups.subList(i, groups.size());
      }
    }
    throw request.invalidToken();
  }

  private static RuleGroup filtered(
      RuleGroup group, RulesRequest request, Predicate<Labels> labels) {
    List<Rule> shown =
        request.wantsGroup(group.name(), group.file())
            ? group.rules().stream()
                .filter(rule -> request.wantsRule(rule.name()) && labels.test(rule.labels()))
                .filter(rule -> isWanted(rule, request))
                .toList()
            : List.of();
    return new RuleGroup(
        group.name(),
        group.file(),
        group.interval(),
        group.limit(),
        shown,
        group.evaluationTime(),
        group.lastEvaluation());
  }

  private static boolean isWanted(Rule rule, RulesRequest request) {
    return switch (rule) {
      case Rule.Alerting alerting -> request.alertingRules();
      case Rule.Recording recording -> request.recordingRules();
    };
  }

  private Predicate<Labels> labels(List<String> selectors)
      throws RefusedException, BadParameterException {
    if (selectors.isEmpty()) {
      return ignored -> true;
    }
    SelectorParser current = parser.get();
    if (current == null) {
      throw new RefusedException(ErrorType.UNAVAILABLE, SeriesRoutes.NO_PARSER);
    }
    Predicate<Labels> any = ignored -> false;
    for (List<Matcher> set : SelectorSets.parse(current, selectors)) {
      any = any.or(LabelMatch.all(set));
    }
    return any;
  }

  /** Names a group as upstream does. */
  private static String token(RuleGroup group) {
    byte[] name = (group.file() + ";" + group.name()).getBytes(StandardCharsets.UTF_8);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(name));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
