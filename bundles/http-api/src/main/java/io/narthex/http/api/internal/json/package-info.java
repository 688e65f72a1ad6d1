/** Upstream's JSON: envelopes, query results in chunks, numbers. */
@NullMarked
package io.narthex.http.api.internal.json;

import org.jspecify.annotations.NullMarked;
