/** How much room the disk has, and whether that is enough to go on. */
@NullMarked
package io.narthex.storage.internal.disk;

import org.jspecify.annotations.NullMarked;
