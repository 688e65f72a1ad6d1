/** From characters to tokens, with upstream's states and error texts. */
@NullMarked
package io.narthex.promql.internal.lexer;

import org.jspecify.annotations.NullMarked;
