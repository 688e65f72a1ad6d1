/** Where the samples of series are, and those that came in no rows. */
@NullMarked
package io.narthex.storage.internal.series;

import org.jspecify.annotations.NullMarked;
