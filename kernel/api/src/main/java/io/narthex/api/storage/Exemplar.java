package io.narthex.api.storage;

import io.narthex.api.model.Labels;

/**
 * An example of what a sample counts.
 *
 * @param labels what identifies it, for example a trace id; names and values together have at most
 *     128 characters
 * @param timestamp in ms since 1970
 */
public record Exemplar(Labels labels, double value, long timestamp) {}
