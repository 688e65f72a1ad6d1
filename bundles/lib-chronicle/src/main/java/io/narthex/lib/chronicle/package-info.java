/** Starts Chronicle inside a framework. */
@NullMarked
package io.narthex.lib.chronicle;

import org.jspecify.annotations.NullMarked;
