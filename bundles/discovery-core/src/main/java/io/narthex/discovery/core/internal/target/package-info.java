/** From target groups to a pool of targets. */
@NullMarked
package io.narthex.discovery.core.internal.target;

import org.jspecify.annotations.NullMarked;
