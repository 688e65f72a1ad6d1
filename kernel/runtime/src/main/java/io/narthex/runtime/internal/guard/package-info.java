/** Calls into drop-ins. */
@NullMarked
package io.narthex.runtime.internal.guard;

import org.jspecify.annotations.NullMarked;
