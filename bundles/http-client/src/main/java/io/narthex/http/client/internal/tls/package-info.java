/** Speaks TLS with PEM certificates, and says what is wrong with others' in upstream's words. */
@NullMarked
package io.narthex.http.client.internal.tls;

import org.jspecify.annotations.NullMarked;
