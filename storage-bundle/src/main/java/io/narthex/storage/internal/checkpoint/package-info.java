/** Checkpoints: what a head has, in a file, so that a start need not read the log before it. */
@NullMarked
package io.narthex.storage.internal.checkpoint;

import org.jspecify.annotations.NullMarked;
