package io.narthex.rules.internal.series;

import io.narthex.api.model.Labels;

/** What a rule gives for a series at an evaluation. */
public record RuleSample(Labels labels, double value) {}
