/** Evaluating groups of rules in their time. */
@NullMarked
package io.narthex.rules.internal.evaluate;

import org.jspecify.annotations.NullMarked;
