/** The one thread on which everything about discovery is decided. */
@NullMarked
package io.narthex.discovery.core.internal.loop;

import org.jspecify.annotations.NullMarked;
