/** What an expression means, one record per kind of node, and how it is printed. */
@NullMarked
package io.narthex.promql.internal.ast;

import org.jspecify.annotations.NullMarked;
