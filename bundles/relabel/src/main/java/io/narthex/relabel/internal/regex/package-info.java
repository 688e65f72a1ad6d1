/** Anchored expressions and the templates that refer to their groups. */
@NullMarked
package io.narthex.relabel.internal.regex;

import org.jspecify.annotations.NullMarked;
