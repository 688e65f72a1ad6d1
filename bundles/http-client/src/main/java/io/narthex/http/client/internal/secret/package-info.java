/** Reads secrets, certificates and keys from where the configuration says they are. */
@NullMarked
package io.narthex.http.client.internal.secret;

import org.jspecify.annotations.NullMarked;
