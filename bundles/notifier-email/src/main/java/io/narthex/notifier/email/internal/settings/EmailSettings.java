package io.narthex.notifier.email.internal.settings;

import io.narthex.api.http.TlsConfig;

/**
 * What an entry of {@code email_configs} says, with the defaults of {@code global}.
 *
 * @param hello the name with which the server is greeted
 * @param requireTls whether nothing is sent before STARTTLS
 * @param implicitTls whether TLS is spoken from the beginning
 */
public record EmailSettings(
    Smarthost smarthost,
    String hello,
    Credentials credentials,
    boolean requireTls,
    boolean implicitTls,
    TlsConfig tls,
    Threading threading,
    MailTemplates mail) {}
