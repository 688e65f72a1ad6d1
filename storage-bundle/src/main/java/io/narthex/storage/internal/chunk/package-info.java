/** Upstream's chunks of floats and of native histograms: encoding and decoding. */
@NullMarked
package io.narthex.storage.internal.chunk;

import org.jspecify.annotations.NullMarked;
