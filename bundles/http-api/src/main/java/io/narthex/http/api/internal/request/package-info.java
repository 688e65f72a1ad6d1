/** What a request says: parameters, numbers, times and durations as upstream reads them. */
@NullMarked
package io.narthex.http.api.internal.request;

import org.jspecify.annotations.NullMarked;
