/** Upstream's XOR chunks: encoding and decoding. */
@NullMarked
package io.narthex.storage.internal.chunk;

import org.jspecify.annotations.NullMarked;
