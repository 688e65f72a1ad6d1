/** Expands patterns of file names as upstream does. */
@NullMarked
package io.narthex.discovery.file.internal.glob;

import org.jspecify.annotations.NullMarked;
