package io.narthex.rules.internal.alert;

import io.narthex.api.model.Labels;

/** An alert whose condition holds at an evaluation; its texts are expanded. */
public record FoundAlert(Labels labels, Labels annotations, double value) {}
