/** The remote write receiver: its routes, and the requests on their way through it. */
@NullMarked
package io.narthex.remote.internal;

import org.jspecify.annotations.NullMarked;
