/** Notices changes in folders. */
@NullMarked
package io.narthex.discovery.file.internal.watch;

import org.jspecify.annotations.NullMarked;
