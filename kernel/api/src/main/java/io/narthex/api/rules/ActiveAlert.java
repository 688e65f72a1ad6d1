package io.narthex.api.rules;

import io.narthex.api.model.Labels;
import java.time.Instant;
import java.util.Optional;

/**
 * An alert that is pending or firing.
 *
 * @param activeAt since when its condition holds
 * @param keepFiringSince since when it fires on though its condition does not hold
 * @param value of the expression, at the last evaluation that gave it
 */
public record ActiveAlert(
    Labels labels,
    Labels annotations,
    AlertState state,
    Instant activeAt,
    Optional<Instant> keepFiringSince,
    double value) {}
