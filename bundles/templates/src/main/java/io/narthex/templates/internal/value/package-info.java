/** The values of templates by Go's types: their kinds, how they print and how they compare. */
@NullMarked
package io.narthex.templates.internal.value;

import org.jspecify.annotations.NullMarked;
