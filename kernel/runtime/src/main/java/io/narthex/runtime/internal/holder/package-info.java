/** State that outlives the bundles that produced it. */
@NullMarked
package io.narthex.runtime.internal.holder;

import org.jspecify.annotations.NullMarked;
