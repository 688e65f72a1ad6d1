/** The documents in the log of samples, to the byte (docs/format/log.md). */
@NullMarked
package io.narthex.storage.internal.document;

import org.jspecify.annotations.NullMarked;
