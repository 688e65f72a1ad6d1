/** Keyed state on a durable log. */
@NullMarked
package io.narthex.storage.internal.keyed;

import org.jspecify.annotations.NullMarked;
