/**
 * The text of an expression: places in it, and Go's ways to print and read strings, numbers and
 * durations.
 */
@NullMarked
package io.narthex.promql.internal.source;

import org.jspecify.annotations.NullMarked;
