/** Keeps the Java heap small while what lives in it is. */
@NullMarked
package io.narthex.runtime.internal.heap;

import org.jspecify.annotations.NullMarked;
