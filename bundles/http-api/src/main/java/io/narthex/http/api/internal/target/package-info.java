/** Targets, their metadata, their pools, and what relabelling does to them. */
@NullMarked
package io.narthex.http.api.internal.target;

import org.jspecify.annotations.NullMarked;
