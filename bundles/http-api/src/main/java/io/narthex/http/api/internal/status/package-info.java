/** What the server says of itself: configuration, flags, build and process. */
@NullMarked
package io.narthex.http.api.internal.status;

import org.jspecify.annotations.NullMarked;
