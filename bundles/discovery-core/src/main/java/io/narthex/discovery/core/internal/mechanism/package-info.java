/** The mechanisms that are there, and the discoveries that run. */
@NullMarked
package io.narthex.discovery.core.internal.mechanism;

import org.jspecify.annotations.NullMarked;
