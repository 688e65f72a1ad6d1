package io.narthex.http.client.internal.exchange;

import io.narthex.api.time.Clock;
import io.narthex.http.client.internal.proxy.ProxyRules;
import io.vertx.core.Vertx;

/**
 * What is the same for all requests of a session.
 *
 * @param userAgent what is sent if the caller gives no other
 */
public record ExchangeRules(
    Vertx vertx,
    Clock clock,
    Preparation preparation,
    ProxyRules proxies,
    boolean followRedirects,
    String userAgent) {}
