package io.narthex.notifier.webhook.internal;

import io.narthex.api.http.HttpClientConfig;
import io.narthex.notifier.webhook.internal.address.WebhookAddress;
import java.time.Duration;

/**
 * What an entry of {@code webhook_configs} says.
 *
 * @param maxAlerts how many alerts are sent at most; 0: all
 * @param timeout of a delivery; 0: none of its own
 */
record WebhookSettings(
    WebhookAddress address, HttpClientConfig http, long maxAlerts, Duration timeout) {}
