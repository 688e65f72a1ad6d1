/** Memory outside of the Java heap: access, allocation, accounting. */
@NullMarked
package io.narthex.storage.internal.memory;

import org.jspecify.annotations.NullMarked;
