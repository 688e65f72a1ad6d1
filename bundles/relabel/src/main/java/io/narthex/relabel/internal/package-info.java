/** The relabelling service. */
@NullMarked
package io.narthex.relabel.internal;

import org.jspecify.annotations.NullMarked;
