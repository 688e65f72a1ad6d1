/** The contract of {@link io.narthex.spi.http.RouteProvider}. */
@NullMarked
package io.narthex.tck.http;

import org.jspecify.annotations.NullMarked;
