/** The query engine as a service: threads, limits, metrics. */
@NullMarked
package io.narthex.promql.internal;

import org.jspecify.annotations.NullMarked;
