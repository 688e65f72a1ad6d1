package io.narthex.alerting.internal.alert;

import java.util.Map;
import java.util.OptionalLong;

/**
 * An alert as somebody sends it, not checked yet. Times are in ms since 1970.
 *
 * @param startsAt since when it fires, if that is said
 * @param endsAt when it is taken to be resolved, if that is said
 * @param generatorUrl leads to where it comes from, or {@code ""}
 */
public record PostedAlert(
    Map<String, String> labels,
    Map<String, String> annotations,
    OptionalLong startsAt,
    OptionalLong endsAt,
    String generatorUrl) {}
