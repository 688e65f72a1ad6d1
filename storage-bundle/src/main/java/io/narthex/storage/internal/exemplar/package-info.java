/** The exemplars in memory. */
@NullMarked
package io.narthex.storage.internal.exemplar;

import org.jspecify.annotations.NullMarked;
