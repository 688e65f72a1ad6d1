/** Metric families as values, and how they are written as text. */
@NullMarked
package io.narthex.pushgateway.internal.exposition;

import org.jspecify.annotations.NullMarked;
