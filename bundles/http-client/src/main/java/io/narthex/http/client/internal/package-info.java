/** The HTTP client as a service: sessions with connections of their own. */
@NullMarked
package io.narthex.http.client.internal;

import org.jspecify.annotations.NullMarked;
