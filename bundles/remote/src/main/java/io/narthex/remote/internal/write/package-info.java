/** Turns write requests into transactions of the storage. */
@NullMarked
package io.narthex.remote.internal.write;

import org.jspecify.annotations.NullMarked;
