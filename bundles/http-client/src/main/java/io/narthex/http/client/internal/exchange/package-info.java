/** Sends one request, with its redirects and retries, and takes the answer. */
@NullMarked
package io.narthex.http.client.internal.exchange;

import org.jspecify.annotations.NullMarked;
