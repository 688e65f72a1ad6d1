package io.narthex.api.alerting;

import io.narthex.api.model.Labels;

/**
 * An alert as it is sent to an Alertmanager. Times are in ms since 1970.
 *
 * @param labels what it is; equal labels are the same alert. Not empty
 * @param startsAt since when it fires
 * @param endsAt until when it is taken to fire unless it is sent again; not after now: it is
 *     resolved
 * @param generatorUrl leads to where it comes from, or {@code ""}
 */
public record Alert(
    Labels labels, Labels annotations, long startsAt, long endsAt, String generatorUrl) {}
