/** Upstream's HTTP API: the component that mounts it and one class for each group of routes. */
@NullMarked
package io.narthex.http.api.internal;

import org.jspecify.annotations.NullMarked;
