package io.narthex.api.config;

import io.narthex.api.model.Labels;
import java.time.Duration;

/** The {@code global} section: defaults of all scrape configs, and what is said to the outside. */
public record GlobalConfig(
    Duration scrapeInterval,
    Duration scrapeTimeout,
    Duration evaluationInterval,
    Labels externalLabels) {}
