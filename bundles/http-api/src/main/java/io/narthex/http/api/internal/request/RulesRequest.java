package io.narthex.http.api.internal.request;

import java.util.Locale;
import java.util.Set;

/**
 * What a request about rules asks for; its selectors are read apart, as upstream has it before
 * these.
 *
 * @param names of rules; empty: all
 * @param groups names of groups; empty: all
 * @param files of groups; empty: all
 * @param withAlerts whether the alerts of each rule are shown
 * @param groupLimit how many groups are shown at a time; 0: all
 * @param nextToken where to go on, or {@code ""}
 */
public record RulesRequest(
    Set<String> names,
    Set<String> groups,
    Set<String> files,
    boolean alertingRules,
    boolean recordingRules,
    boolean withAlerts,
    int groupLimit,
    String nextToken) {
  private static final String TYPE = "type";
  private static final String EXCLUDE_ALERTS = "exclude_alerts";
  private static final String GROUP_LIMIT = "group_limit";
  private static final String NEXT_TOKEN = "group_next_token";

  /** Copies the sets. */
  public RulesRequest {
    names = Set.copyOf(names);
    groups = Set.copyOf(groups);
    files = Set.copyOf(files);
  }

  /** Refuses a request whose parameters cannot all be read. */
  public static void requireReadable(Parameters parameters) throws BadParameterException {
    if (parameters.problem().isPresent()) {
      throw new BadParameterException("error parsing form values: " + parameters.problem().get());
    }
  }

  /** Reads a request. */
  public static RulesRequest of(Parameters parameters) throws BadParameterException {
    String type = parameters.get(TYPE).toLowerCase(Locale.ROOT);
    if (!Set.of("", "alert", "record").contains(type)) {
      throw BadParameterException.of(TYPE, "not supported value " + GoQuote.quote(type));
    }
    boolean excludeAlerts = excludeAlerts(parameters);
    int limit = groupLimit(parameters);
    return new RulesRequest(
        set(parameters, "rule_name[]"),
        set(parameters, "rule_group[]"),
        set(parameters, "file[]"),
        !type.equals("record"),
        !type.equals("alert"),
        !excludeAlerts,
        limit,
        parameters.get(NEXT_TOKEN));
  }

  private static Set<String> set(Parameters parameters, String name) {
    return Set.copyOf(parameters.all(name));
  }

  private static boolean excludeAlerts(Parameters parameters) throws BadParameterException {
    String text = parameters.get(EXCLUDE_ALERTS).toLowerCase(Locale.ROOT);
    return switch (text) {
      case "", "0", "f", "false" -> false;
      case "1", "t", "true" -> true;
      default ->
          throw BadParameterException.of(
              EXCLUDE_ALERTS,
              "error converting exclude_alerts: strconv.ParseBool: parsing %s: invalid syntax"
                  .formatted(GoQuote.quote(text)));
    };
  }

  private static int groupLimit(Parameters parameters) throws BadParameterException {
    String text = parameters.get(GROUP_LIMIT);
    if (text.isEmpty()) {
      if (!parameters.get(NEXT_TOKEN).isEmpty()) {
        throw BadParameterException.of(
            NEXT_TOKEN, "group_limit needs to be present in order to paginate over the groups");
      }
      return 0;
    }
    int limit;
    try {
      limit = GoNumbers.parseInt32(text);
    } catch (UnreadableException e) {
      throw BadParameterException.of(
          GROUP_LIMIT, "group_limit needs to be a valid number: " + e.getMessage());
    }
    if (limit <= 0) {
      throw BadParameterException.of(GROUP_LIMIT, "group_limit needs to be greater than 0");
    }
    return limit;
  }

  /** The error of a token that leads nowhere. */
  public BadParameterException invalidToken() {
    return BadParameterException.of(
        NEXT_TOKEN,
        "invalid group_next_token '%s'. were rule groups changed?".formatted(nextToken));
  }

  /** Whether a group is asked for by its name and file. */
  public boolean wantsGroup(String name, String file) {
    return (groups.isEmpty() || groups.contains(name)) && (files.isEmpty() || files.contains(file));
  }

  /** Whether a rule is asked for by its name. */
  public boolean wantsRule(String name) {
    return names.isEmpty() || names.contains(name);
  }
}
