/** From tokens to a tree, by upstream's grammar. */
@NullMarked
package io.narthex.promql.internal.parser;

import org.jspecify.annotations.NullMarked;
