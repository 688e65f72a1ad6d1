package io.narthex.notifier.email.internal.settings;

import io.narthex.api.http.SecretSource;
import java.util.Optional;

/**
 * Who we are for the server.
 *
 * @param username empty: nobody in particular
 * @param password for the mechanisms PLAIN and LOGIN
 * @param secret for the mechanism CRAM-MD5
 * @param identity for whom we act with PLAIN, or {@code ""}
 */
public record Credentials(
    String username,
    Optional<SecretSource> password,
    Optional<SecretSource> secret,
    String identity) {}
