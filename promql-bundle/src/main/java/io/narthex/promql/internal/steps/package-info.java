/** Values at the steps of a query, and windows of samples. */
@NullMarked
package io.narthex.promql.internal.steps;

import org.jspecify.annotations.NullMarked;
