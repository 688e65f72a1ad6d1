package io.narthex.rules.internal.evaluate;

import io.narthex.api.model.Labels;
import io.narthex.api.storage.Storage;
import io.narthex.api.template.TemplateEngine;
import java.time.Duration;

/**
 * What an evaluation works with.
 *
 * @param externalLabels what templates know of the configuration's
 * @param externalUrl under which the server is known outside
 * @param queryOffset how far in the past groups are evaluated that do not say so themselves
 */
public record Means(
    Storage storage,
    Queries queries,
    TemplateEngine templates,
    Labels externalLabels,
    String externalUrl,
    Duration queryOffset) {}
