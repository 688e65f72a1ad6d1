/** Operators that compute the value of an expression, series by series. */
@NullMarked
package io.narthex.promql.internal.exec;

import org.jspecify.annotations.NullMarked;
