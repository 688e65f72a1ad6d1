/** Series with their chunks, and the index of their labels. */
@NullMarked
package io.narthex.storage.internal.series;

import org.jspecify.annotations.NullMarked;
